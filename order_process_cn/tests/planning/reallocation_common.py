from odoo import Command

from ..common import OrderCommon


class ReallocationCommon(OrderCommon):
    """Ten pumps, all reserved for two orders that are not urgent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False
        cls.approval = cls._make_route(
            [
                cls._stage("Countersign", "planning"),
                cls._stage("Decision", "deputy", sequence=20),
            ],
            name="Take Stock",
            res_model="order.reallocation",
            order_type_ids=[Command.clear()],
        )
        cls.signers["deputy"] = cls.deputy
        cls.leader = cls._user("leader", "sales_team.group_sale_manager")
        cls.other = cls._user("other_salesman", "sales_team.group_sale_salesman")
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.stock = cls.warehouse.lot_stock_id
        cls.pump = cls._product("Pump")
        cls._receive(cls.pump, 10)
        cls.vip = cls.env["res.partner"].create(
            {
                "name": "Preferred",
                "order_class_id": cls.env.ref(
                    "order_process_cn.order_customer_class_a"
                ).id,
            }
        )
        cls.first = cls._sell(6, commitment_date="2030-05-01")
        cls.second = cls._sell(4, user=cls.other, commitment_date="2030-06-01")

    @classmethod
    def _product(cls, name, **values):
        return cls.env["product.product"].create(
            {"name": name, "type": "consu", "is_storable": True, **values}
        )

    @classmethod
    def _receive(cls, product, quantity, location=None, **kwargs):
        cls.env["stock.quant"]._update_available_quantity(
            product, location or cls.stock, quantity, **kwargs
        )

    @classmethod
    def _sell(cls, quantity, product=None, unit=None, user=None, **values):
        """Return a confirmed order for ``quantity`` of ``product`` (a pump)."""
        line = {"product_id": (product or cls.pump).id, "product_uom_qty": quantity}
        if unit:
            line["product_uom_id"] = unit.id
        order = cls._order(user=user, order_line=[Command.create(line)], **values)
        order.action_confirm()
        return order.sudo()

    @classmethod
    def _sell_urgently(cls, quantity, **values):
        return cls._sell(
            quantity, is_urgent=True, urgent_reason="Line stands still", **values
        )

    def _open(self, document, user=None):
        """Press the button; return the proposal as superuser."""
        action = self._rpc(user or self.leader, document, "action_take_stock")
        self.assertEqual(action.get("res_model"), "order.reallocation", action)
        return self.env["order.reallocation"].browse(action["res_id"])

    def _choose(self, document, **quantities):
        """Choose the quantities to take by the name of the order that gives."""
        for line in document.line_ids:
            wanted = quantities.get(line.order_id.name, 0.0)
            if line.quantity != wanted:
                self._rpc(self.leader, line, "write", {"quantity": wanted})
        self._end_of_transaction()

    def _approve_taking(self, document):
        self._rpc(self.leader, document, "action_review_submit")
        self._sign(document, "planning", "deputy")
        self.assertEqual(document.review_state, "approved")

    def _execute(self, document):
        self._rpc(self.leader, document, "action_execute")
        self.env.invalidate_all()

    def _held(self, *orders):
        """Return what each of the orders has reserved, in the product's unit."""
        self.env.invalidate_all()
        return [
            sum(order.picking_ids.move_line_ids.mapped("quantity_product_uom"))
            for order in orders
        ]

    def _assert_quants_right(self, product=None):
        """What quants say is reserved is what move lines reserve."""
        product = product or self.pump
        quants = self.env["stock.quant"].search([("product_id", "=", product.id)])
        lines = self.env["stock.move.line"].search(
            [
                ("product_id", "=", product.id),
                ("state", "in", ["assigned", "partially_available"]),
            ]
        )
        self.assertEqual(
            sum(quants.mapped("reserved_quantity")),
            sum(lines.mapped("quantity_product_uom")),
        )
        for quant in quants.filtered(lambda q: q.location_id.usage == "internal"):
            self.assertLessEqual(quant.reserved_quantity, quant.quantity)
            self.assertGreaterEqual(quant.reserved_quantity, 0)

    def _take(self, taker, **quantities):
        """Take what ``taker`` lacks from these orders, with approval."""
        document = self._open(taker)
        self._choose(document, **quantities)
        self._approve_taking(document)
        self._execute(document)
        return document
