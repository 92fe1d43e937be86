from odoo import Command

from ..common import DEPARTMENTS, OrderCommon


class ChangesCommon(OrderCommon):
    """A confirmed order that was approved, and a route for its changes: sales checks,
    then those whose facts are touched."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("order_process_cn.notices", "False")
        cls.product.is_storable = True
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.product, cls.warehouse.lot_stock_id, 100
        )
        cls.reason = cls.env.ref("order_process_cn.order_change_reason_quantity")
        seat = {"source": "department"}
        cls.change_route = cls._make_route(
            [
                cls._stage("Check", "sales"),
                cls._stage(
                    "Touched",
                    seats=[
                        {
                            **seat,
                            "department_id": cls.departments["planning"].id,
                            "domain": "[('touches_quantity', '=', True)]",
                        },
                        {
                            **seat,
                            "department_id": cls.departments["production"].id,
                            "domain": "[('touches_dates', '=', True)]",
                        },
                    ],
                    sequence=20,
                ),
            ],
            name="Changes",
            res_model="order.change.request",
        )

    def _signed(self, **values):
        """Return an order that everybody signed, confirmed and launched."""
        values = {"commitment_date": "2030-05-20 08:00:00", **values}
        order = self._approve(self._order(**values))
        order.action_confirm()
        self._end_of_transaction()
        return self.env["sale.order"].browse(order.id)

    def _change(self, order, values=None, line=None, user=None, **header):
        """Return a change of ``order`` as its salesperson enters it.

        :param line: what its first line shall say
        """
        user = user or self.salesman
        changes = self.env["order.change.request"].with_user(user)
        change = changes.browse(changes.action_open(order.id)["res_id"])
        if line:
            header["line_ids"] = [Command.update(change.line_ids[0].id, line)]
        change.write({"reason_id": self.reason.id, **(values or {}), **header})
        return change

    def _agree(self, change, *names):
        """Take a change through its review; the worker applies it."""
        change.action_review_submit()
        self._sign(change, "sales", *names)
        self._end_of_transaction()
        self._run_worker()
        return change

    def _sign_order(self, order):
        self._sign(order, "sales", *DEPARTMENTS)

    def _open_demand(self, order):
        """Return how much is still to leave for an order."""
        moves = order.order_line.move_ids
        return sum(
            moves.filtered(lambda m: m.state not in {"done", "cancel"}).mapped(
                "product_uom_qty"
            )
        )
