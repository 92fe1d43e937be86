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
        records = super(OrderEngineMixin, own).create(vals_list)
        return records.with_env(self.env)
