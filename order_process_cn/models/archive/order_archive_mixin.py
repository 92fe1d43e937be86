from functools import partial

from odoo import api, models
from odoo.exceptions import UserError

from .conditions import condition_archive
from .retention import filtered_kept, spell_kept


class OrderArchiveMixin(models.AbstractModel):
    """A document whose papers are filed once it is closed, and that is kept for years
    then (AFS-4): it is not deleted before, by nobody and on no road.

    It has the fields ``closed_on``, ``archived_on`` and ``retention_until``.
    """

    _name = "order.archive.mixin"
    _inherit = ["order.condition.mixin"]
    _description = "Kept for Years"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("archived_on") and not self.env["order.edit.rule"]._has_filed():
            self.env.registry.clear_cache()  # now there is one
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        if kept := filtered_kept(self):
            raise UserError(spell_kept(kept))

    def _get_condition_providers(self):
        providers = super()._get_condition_providers()
        return {**providers, "archive": [partial(condition_archive, self)]}

    def _get_next_transition(self):
        if self.closed_on and not self.archived_on:
            return "archive"
        return super()._get_next_transition()

    def _name_transition(self, transition):
        if transition == "archive":
            return self.env._("File the papers")
        return super()._name_transition(transition)
