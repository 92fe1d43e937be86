from odoo import api, models

from .engine import clean


class OrderEngineMixin(models.AbstractModel):
    """A record that the engine alone writes: a queue, a seat, a signature, a clock.

    Whoever acts, it holds what the engine says and nothing that a client's context
    proposes.
    """

    _name = "order.engine.mixin"
    _description = "Written by the Engine"

    @api.model_create_multi
    def create(self, vals_list):
        own = clean(self)
        # core asks for the company of whoever acts: one column, not the whole row
        own.env.user.fetch(["company_id"])
        records = super(OrderEngineMixin, own).create(vals_list)
        return records.with_env(self.env)

    def _enter(self):
        """Open the door of a public act; return these records as the engine sees them.

        Each once, however often a client named it. What the caller may not read he
        does not learn anything about, not even by a refusal.
        """
        records = self.browse(dict.fromkeys(self._ids))
        records.check_access("read")
        return records.sudo()  # checked as the caller, written by the engine
