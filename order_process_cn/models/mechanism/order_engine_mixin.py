from odoo import api, models

from .engine import clean
from .memory import remembered


class OrderEngineMixin(models.AbstractModel):
    """A record that the engine alone writes: a queue, a seat, a signature, a clock.

    Whoever acts, it holds what the engine says and nothing that a client's context
    proposes.
    """

    _name = "order.engine.mixin"
    _inherit = ["order.typed.mixin"]
    _description = "Written by the Engine"

    @api.model_create_multi
    def create(self, vals_list):
        own, user = clean(self), self.env.user
        # core asks for the company of whoever acts, and would read it in each act
        user._fields["company_id"]._insert_cache(user, [self._company_of(user.id)])
        return super(OrderEngineMixin, own).create(vals_list).with_env(self.env)

    @api.model
    @remembered
    def _company_of(self, user_id):
        """Return the id of a user's company; forgotten by core when it is written."""
        return self.env["res.users"].browse(user_id).company_id.id

    def _enter(self):
        """Open the door of a public act; return these records as the engine sees them.

        Each once, however often a client named it. What the caller may not read he
        does not learn anything about, not even by a refusal.
        """
        records = self.browse(dict.fromkeys(self._ids))
        records.check_access("read")
        return records.sudo()  # checked as the caller, written by the engine
