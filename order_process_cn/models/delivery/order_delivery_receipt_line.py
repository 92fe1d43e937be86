import math
from typing import NamedTuple

from odoo import api, fields, models

GOOD = "good"
CONDITIONS = [(GOOD, "Good"), ("damaged", "Damaged"), ("wrong", "Wrong goods")]
# what a line says of itself
COUNTS = (
    "order_line_id",
    "product_id",
    "product_uom_id",
    "sent_qty",
    "received_qty",
    "condition",
    "reason",
)


class Counted(NamedTuple):
    """What somebody counted of one product of a delivery."""

    received: float
    condition: str = GOOD
    reason: str = ""


class OrderDeliveryReceiptLine(models.Model):
    """How much of one product was received, in which condition."""

    _name = "order.delivery.receipt.line"
    _inherit = ["order.append.only.mixin", "order.engine.mixin"]
    _description = "Received Goods"
    _order = "id"
    _rec_name = "product_id"

    receipt_id = fields.Many2one(
        "order.delivery.receipt",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="receipt_id.company_id", store=True)
    order_line_id = fields.Many2one(
        "sale.order.line", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, index=True, ondelete="restrict"
    )
    product_uom_id = fields.Many2one(
        "uom.uom", string="Unit", required=True, readonly=True, ondelete="restrict"
    )
    sent_qty = fields.Float(
        string="Sent Quantity", digits="Product Unit", readonly=True
    )
    received_qty = fields.Float(
        string="Received Quantity", digits="Product Unit", readonly=True
    )
    condition = fields.Selection(
        CONDITIONS,
        string="State of the Goods",
        required=True,
        readonly=True,
        default=GOOD,
    )
    reason = fields.Char(
        readonly=True, help="Why less was received, or what is wrong with it."
    )

    # -- what was counted --------------------------------------------------------------

    @api.model
    def _find_problems(self, goods, counted):
        """Return in words what cannot have been received of the ``goods`` sent."""
        if counted is None:
            return []
        known = {(part.line.id, part.product.id): part for part in goods}
        problems = [
            self.env._("product %s is not part of this delivery", product_id)
            for line_id, product_id in counted
            if (line_id, product_id) not in known
        ]
        for key, part in known.items():
            said = counted.get(key)
            name, unit = part.product.display_name, part.unit
            if said is None or not math.isfinite(said.received):
                problems.append(self.env._("%s: say how many were received", name))
            elif unit.compare(said.received, 0) < 0:
                problems.append(
                    self.env._("%s: less than nothing cannot be received", name)
                )
            elif unit.compare(said.received, part.sent) > 0:
                problems.append(
                    self.env._(
                        "%(product)s: %(sent)s were sent, more cannot be received",
                        product=name,
                        sent=unit._spell_with_unit(part.sent),
                    )
                )
            if said and said.condition not in dict(CONDITIONS):
                problems.append(self.env._("%s: say in which condition it is", name))
        return problems

    @api.model
    def _prepare_lines(self, goods, counted):
        """Return the values of the lines of a receipt of these ``goods``."""
        lines = []
        for part in goods:
            key = (part.line.id, part.product.id)
            said = Counted(part.sent) if counted is None else counted[key]
            sent = part.unit.round(part.sent)
            lines.append(
                {
                    "order_line_id": part.line.id,
                    "product_id": part.product.id,
                    "product_uom_id": part.unit.id,
                    "sent_qty": sent,
                    "received_qty": part.unit.round(said.received),
                    "condition": said.condition,
                    "reason": (said.reason or "").strip() or False,
                }
            )
        return lines

    def _read_counts(self):
        """Return what these lines say, as :meth:`_prepare_lines` does."""
        return [
            {
                name: line[name].id if line._fields[name].relational else line[name]
                for name in COUNTS
            }
            for line in self.sorted("id")
        ]

    def _is_different(self):
        self.ensure_one()
        less = self.product_uom_id.compare(self.received_qty, self.sent_qty) < 0
        return less or self.condition != GOOD

    def _spell(self):
        """Return in words what differs on one line."""
        conditions = dict(self._fields["condition"]._description_selection(self.env))
        spell = self.product_uom_id._spell_with_unit
        words = self.env._(
            "%(product)s: %(received)s received of %(sent)s, %(condition)s",
            product=self.product_id.display_name,
            received=spell(self.received_qty),
            sent=spell(self.sent_qty),
            condition=conditions[self.condition],
        )
        return f"{words} ({self.reason})" if self.reason else words
