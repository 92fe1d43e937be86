from odoo import fields, models


class MrpProduction(models.Model):
    """What was reported on the operations of a production order (MFG-6)."""

    _inherit = "mrp.production"

    work_report_ids = fields.One2many(
        "order.work.report",
        "production_id",
        string="Work Reports",
        groups="base.group_user",
    )

    def _follow_reports(self):
        """Make as much as all operations have finished.

        Core follows the smallest report, but upward only, and in a backorder it counts
        the operation that was done before and is cancelled there as one not begun.
        """
        for production in self:
            steps = production.workorder_ids.filtered(lambda w: w.state != "cancel")
            through = [w.qty_produced + w.qty_reported_from_previous_wo for w in steps]
            least = min(through, default=production.qty_producing)
            if production.product_uom_id.compare(production.qty_producing, least):
                production.qty_producing = least
                production._set_qty_producing(False)
