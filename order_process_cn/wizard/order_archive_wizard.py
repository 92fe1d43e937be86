from odoo import fields, models

from ..models.mechanism.engine import public_act


class OrderArchiveWizard(models.TransientModel):
    """Asks for a paper that is filed by hand, or why an order is reopened. [AFS-4]"""

    _name = "order.archive.wizard"
    _inherit = ["order.question.mixin"]
    _description = "File or Reopen"

    order_id = fields.Many2one("sale.order", required=True)
    mode = fields.Selection([("file", "File"), ("reopen", "Reopen")], required=True)
    item_id = fields.Many2one(
        "order.archive.item", string="Filed Paper", domain="[('kind', '=', 'file')]"
    )
    note = fields.Text(string="Remark")
    evidence_ids = fields.Many2many("ir.attachment", string="Files")

    @public_act
    def action_confirm(self):
        """File the paper, or reopen the order.

        :raise AccessError: the caller does not belong to those who may
        :raise UserError: what is missing
        """
        self.ensure_one()
        entries = self.env["order.archive.entry"]
        if self.mode == "file":
            entries._file(self.order_id, self.item_id, self.note, self.evidence_ids.ids)
        else:
            entries._reopen(self.order_id, self.note)
        return True
