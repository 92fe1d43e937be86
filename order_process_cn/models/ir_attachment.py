from odoo import api, models
from odoo.exceptions import UserError

# what says nothing about the file: a link for somebody who may read it, and to whom it
# is closed
FREE = {"access_token", "shows_prices"}


class IrAttachment(models.Model):
    """Files that a record relies on are kept as they are, see order.evidence.mixin."""

    _inherit = "ir.attachment"

    def write(self, vals):
        self.check_access("write")  # the name of a file is told to those who may
        self._refuse_to_touch_evidence(vals)
        return super().write(vals)

    def _refuse_to_touch_evidence(self, vals):
        """Refuse whoever it is, the superuser included: what was signed stays so.

        Moving files between disk and database writes what is there already.
        """
        if vals.keys() <= FREE:
            return
        for attachment in self._filtered_evidence():
            if any(
                name not in FREE and not attachment._is_written_again(name, vals[name])
                for name in vals
            ):
                raise UserError(
                    self.env._(
                        "“%s” is evidence of a decision and cannot be altered.",
                        attachment.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        if kept := self._filtered_evidence():
            raise UserError(
                self.env._(
                    "“%s” is evidence of a decision and cannot be deleted.",
                    kept[0].name,
                )
            )

    def _filtered_evidence(self):
        """Return, as superuser, those that belong to a record with evidence."""
        keepers = self._get_evidence_models()
        # whether a file is evidence does not depend on who touches it
        return self.sudo().filtered(lambda file: file.res_model in keepers)

    @api.model
    def _get_evidence_models(self):
        """Return the names of the models whose files are evidence."""
        return self.env.registry.descendants(["order.evidence.mixin"], "_inherit")

    def _is_written_again(self, name, value):
        return name in {"raw", "mimetype"} and self[name] == value
