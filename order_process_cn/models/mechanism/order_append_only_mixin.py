from odoo import api, models
from odoo.exceptions import AccessError


class OrderAppendOnlyMixin(models.AbstractModel):
    """A record that is kept as it was made: it is neither altered nor deleted, by
    nobody and on no road. Its rows go with the addon only.

    What may still be written to one, the end of what was open for instance, its model
    lets through in :meth:`_check_alteration`.
    """

    _name = "order.append.only.mixin"
    _description = "Kept as It Was Made"

    def write(self, vals):
        self._check_alteration(vals)
        return super().write(vals)

    def _check_alteration(self, vals):
        """Raise unless ``vals`` may be written to these records.

        :raise AccessError: as a rule
        """
        raise AccessError(
            self.env._("%s: what was recorded cannot be altered.", self._say_what())
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self._spell_kept())

    def _spell_kept(self):
        """Return the words for whoever deletes such a record."""
        return self.env._(
            "%s: what was recorded is kept and cannot be deleted.", self._say_what()
        )

    def _say_what(self):
        # the name of a model is no secret
        return self.env["ir.model"].sudo()._get(self._name).name
