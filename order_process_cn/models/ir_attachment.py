from odoo import api, models
from odoo.exceptions import UserError

from .archive.retention import refuse_to_lose

# what says nothing about the file: a link for somebody who may read it, and to whom it
# is closed
FREE = {"access_token", "shows_prices"}
# what a file of an order is, and where it hangs
KEPT = {
    "datas",
    "db_datas",
    "name",
    "raw",
    "res_field",
    "res_id",
    "res_model",
    "type",
    "url",
}


class IrAttachment(models.Model):
    """Files that a record relies on are kept as they are, see order.evidence.mixin;
    those of an order as long as the order is, see archive."""

    _inherit = "ir.attachment"

    def write(self, vals):
        self.check_access("write")  # the name of a file is told to those who may
        self._refuse_to_touch_evidence(vals)
        if vals.keys() & KEPT:
            self._refuse_to_lose_kept(vals)
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

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        self._refuse_to_lose_kept()

    def _refuse_to_lose_kept(self, vals=None):
        """Refuse to alter files of kept orders, or to delete them without ``vals``."""
        # whether a file is kept does not depend on who touches it
        files = self.sudo()
        if vals is not None:
            files = files.filtered(
                lambda file: (
                    not all(
                        file._is_written_again(name, vals[name])
                        for name in vals.keys() & KEPT
                    )
                )
            )
        refuse_to_lose(files, "res_model")

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
