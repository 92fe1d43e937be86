from odoo import fields, models

from ..models.mechanism.engine import public_act
from ..models.procedures.claims import keep_from, put_before


class OrderProcedureSwitchClaim(models.TransientModel):
    """Two routes or deposit rules that fit the same orders, and which one wins."""

    _name = "order.procedure.switch.claim"
    _inherit = ["order.question.mixin"]
    _description = "Claimed Twice"
    _order = "is_lost desc, id"

    page_id = fields.Many2one(
        "order.procedure.switch", required=True, ondelete="cascade", index=True
    )
    res_model = fields.Char(required=True, readonly=True)
    own_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    rival_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    text = fields.Char(string="Who Wins", readonly=True)
    is_lost = fields.Boolean(readonly=True)
    rival_wins = fields.Boolean(readonly=True)
    type_ids = fields.Many2many("order.type", readonly=True)

    def _get_both(self):
        self.page_id._enter()
        kind = "order.review.route"
        if self.res_model == "order.deposit.rule":
            kind = self.res_model
        records = self.env[kind].with_context(active_test=False)
        return records.browse(self.own_id), records.browse(self.rival_id)

    @public_act
    def action_swap(self):
        """Have the one that comes second be tried first."""
        self.ensure_one()
        own, rival = self._get_both()
        if self.rival_wins:
            put_before(own, rival)
        else:
            put_before(rival, own)
        self.page_id._fill()

    @public_act
    def action_limit_types(self):
        """Have the other one leave the order types of this procedure alone."""
        self.ensure_one()
        own, rival = self._get_both()
        keep_from(rival, own.with_context(active_test=False).order_type_ids)
        self.page_id._fill()
