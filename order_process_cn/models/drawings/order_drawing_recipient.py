from odoo import fields, models

from .order_drawing_sheet import SHEET_KINDS

RETAINED, WHOLE, SPLIT = "retained", "whole", "split"
COPY_KINDS = [
    (RETAINED, "Retained, Basis of Inspection"),
    (WHOLE, "Whole Set"),
    (SPLIT, "Split Set"),
]


class OrderDrawingRecipient(models.Model):
    """Who gets which drawings when a set is handed over: the pattern of 000 P02, two
    sets and one that is kept, which the administrator edits (MFG-2)."""

    _name = "order.drawing.recipient"
    _inherit = ["order.company.mixin"]
    _description = "Recipient of Drawings"
    _order = "sequence, id"

    name = fields.Char(
        string="Goes to",
        required=True,
        translate=True,
        help="The group that works by these drawings: 数控组, 焊接组 …",
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        COPY_KINDS, string="Kind of Set", required=True, default=WHOLE
    )
    sheet_kind = fields.Selection(
        SHEET_KINDS,
        string="Split Off",
        help="Of a split set: which drawings go there.",
    )
    department_id = fields.Many2one(
        "order.department",
        string="Signed for by",
        required=True,
        ondelete="restrict",
        help="Its head signs for the drawings; any member where it has no head.",
    )
    copy_count = fields.Integer(string="Number of Copies", required=True, default=1)
    is_awaited = fields.Boolean(
        string="Production Waits",
        default=True,
        help="Production orders that ask for drawings start when this was signed for.",
    )
    must_return = fields.Boolean(
        string="Comes Back", default=True, help="Recovered when the work is done."
    )

    _copies_positive = models.Constraint(
        "CHECK (copy_count > 0)", "At least one copy goes to somebody."
    )

    def _pick(self, sheets):
        """Return those of ``sheets`` that this recipient gets."""
        if self.kind != SPLIT:
            return sheets
        return sheets.filtered(lambda sheet: sheet.kind == self.sheet_kind)
