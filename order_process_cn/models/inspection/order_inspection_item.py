from odoo import api, fields, models
from odoo.exceptions import ValidationError

PASS, MEASURE = "pass", "measure"


class OrderInspectionItem(models.Model):
    """One thing that is looked at or measured at an inspection point."""

    _name = "order.inspection.item"
    _inherit = ["order.config.mixin"]
    _description = "Inspection Item"
    _order = "point_id, sequence, id"

    point_id = fields.Many2one(
        "order.inspection.point", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Inspected Item", required=True, translate=True)
    kind = fields.Selection(
        [(PASS, "Pass or Fail"), (MEASURE, "Measurement")], required=True, default=PASS
    )
    norm = fields.Char(
        string="Criteria", translate=True, help="Standard, drawing, tool …"
    )
    min_value = fields.Float(string="Minimum", digits=(16, 4))
    max_value = fields.Float(string="Maximum", digits=(16, 4))
    unit = fields.Char(help="Of the measure: mm, kg, MPa …")
    wants_picture = fields.Boolean(
        string="Picture", help="A picture is taken before the inspection is done."
    )

    @api.constrains("kind", "min_value", "max_value")
    def _check_tolerance(self):
        for item in self.filtered(lambda item: item.kind == MEASURE):
            if item.min_value > item.max_value:
                raise ValidationError(
                    self.env._(
                        "“%s”: the smallest measure allowed is above the largest.",
                        item.name,
                    )
                )

    def _prepare_line(self):
        """Return the values of a line of an inspection: as it is asked now."""
        self.ensure_one()
        return {
            "sequence": self.sequence,
            "name": self.name,
            "kind": self.kind,
            "norm": self.norm,
            "min_value": self.min_value,
            "max_value": self.max_value,
            "unit": self.unit,
            "wants_picture": self.wants_picture,
        }
