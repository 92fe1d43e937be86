from datetime import timedelta

from odoo import api, fields, models

from ..models.given.given import SPANS
from ..models.mechanism.engine import public_act
from ..models.procedures.trial import try_out

# so many orders are tried at once
MOST_ORDERS = 500


class OrderProcedureTrial(models.TransientModel):
    """A procedure is tried on orders of the past (PRC-2): who would have signed, what
    would have been waited for, what could never have been signed. Nothing is written.
    """

    _name = "order.procedure.trial"
    _inherit = ["order.question.mixin"]
    _description = "Trial of a Procedure"
    _rec_name = "procedure_id"

    procedure_id = fields.Many2one(
        "order.procedure", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    scope = fields.Selection(
        [("days", "Orders of the last days"), ("count", "The last orders")],
        string="Tried On",
        required=True,
        default="days",
    )
    number = fields.Integer(
        string="Number of Days or Orders", required=True, default=90
    )
    summary = fields.Text(string="Result", readonly=True)
    line_ids = fields.One2many(
        "order.procedure.trial.line", "trial_id", string="What Would Have Happened"
    )

    _number_positive = models.Constraint(
        "CHECK (number > 0)", "At least one day or one order is tried."
    )

    @public_act
    def action_run(self):
        """Try the procedure on the orders that the reader may see."""
        self.ensure_one()
        self.check_access("write")
        orders = self._find_orders()
        rows = try_out(self.procedure_id, orders)
        self.line_ids.unlink()
        # the result, not the orders: gone with the page
        self.env["order.procedure.trial.line"].create(
            [{"trial_id": self.id, **row} for row in rows]
        )
        self.summary = self._summarize(orders, rows)

    @public_act
    def action_open_lines(self):
        """Show the result as a table and a graph."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_procedure_trial_line_action"
        )
        return {**action, "domain": [("trial_id", "=", self.id)]}

    def _find_orders(self):
        domain = [
            ("company_id", "=", self.company_id.id),
            ("state", "!=", "cancel"),
            ("order_line", "!=", False),
        ]
        limit = MOST_ORDERS
        if self.scope == "days":
            days = min(max(self.number, 0), SPANS["days"])
            since = self.env.cr.now() - timedelta(days=days)
            domain.append(("date_order", ">=", since))
        else:
            limit = min(self.number, MOST_ORDERS)
        return self.env["sale.order"].search(
            domain, order="date_order desc, id desc", limit=limit
        )

    @api.model
    def _summarize(self, orders, rows):
        """Return the result in a few lines."""

        def count(kind):
            return len({row["order_id"] for row in rows if row["kind"] == kind})

        signatures = sum(row["kind"] == "sign" for row in rows)
        days = len({row["day"] for row in rows}) or 1
        spell = self.env["res.lang"]._spell_number
        lines = [
            self.env._(
                "%(orders)s orders, of which %(reviewed)s would have been reviewed: "
                "%(signatures)s signatures, %(per_day)s on a day with orders.",
                orders=len(orders),
                reviewed=len(orders) - count("none"),
                signatures=signatures,
                per_day=spell(signatures / days, 1),
            )
        ]
        if number := count("never"):
            lines.append(self.env._("%s orders could never have been signed.", number))
        if number := count("deposit"):
            amount = sum(row["amount"] for row in rows if row["kind"] == "deposit")
            lines.append(
                self.env._(
                    "%(orders)s orders would have waited for a deposit, %(amount)s "
                    "together.",
                    orders=number,
                    amount=spell(amount, 2),
                )
            )
        if number := count("window"):
            waits = [row["wait_days"] for row in rows if row["kind"] == "window"]
            lines.append(
                self.env._(
                    "%(orders)s orders would have waited for the issue day, "
                    "%(days)s days on average.",
                    orders=number,
                    days=spell(sum(waits) / len(waits), 1),
                )
            )
        if number := count("release"):
            lines.append(
                self.env._(
                    "%s orders would have left on a shipping release only.", number
                )
            )
        if number := count("gate"):
            lines.append(
                self.env._(
                    "%s orders would have waited for a written confirmation or a "
                    "decision.",
                    number,
                )
            )
        return "\n".join(lines)
