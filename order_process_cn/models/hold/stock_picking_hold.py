from odoo import api, fields, models


class StockPicking(models.Model):
    """What a transfer shows of the suspension of its order."""

    _inherit = "stock.picking"

    suspension_note = fields.Text(
        string="Suspended because",
        compute="_compute_suspension_note",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends("sale_id.suspension_state", "move_ids.sale_line_id.is_suspended")
    @api.depends_context("lang")
    def _compute_suspension_note(self):
        self.suspension_note = False
        for picking in self.filtered("sale_id.suspension_state"):
            lines = picking.move_ids.sale_line_id.filtered("is_suspended")
            if lines and picking.state not in {"done", "cancel"}:
                picking.suspension_note = lines._spell_suspension()

    def _check_suspended_moved(self):
        """Refuse that a delivery is called done while suspended goods are on it: they
        would leave unseen."""
        # whoever moves goods need not read orders
        done = self.sudo().filtered(lambda picking: picking.state == "done")
        for picking in done.filtered("sale_id.suspension_state"):
            left = picking.move_ids.filtered(
                lambda move: move.state not in {"done", "cancel"}
            )
            left.sale_line_id._refuse_suspended()
