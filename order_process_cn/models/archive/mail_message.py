from odoo import api, models

from .retention import refuse_to_lose

# what a message says; who has read it, or likes it, says nothing
SAID = {
    "author_guest_id",
    "author_id",
    "body",
    "date",
    "email_from",
    "message_type",
    "model",
    "res_id",
    "subject",
}
# letters that core deletes once they were sent, see mail.mail
PASSING = {"email_outgoing", "user_notification"}


class MailMessage(models.Model):
    """What was said about an order is kept as long as the order is (AFS-4)."""

    _inherit = "mail.message"

    def write(self, vals):
        if vals.keys() & SAID:
            self.check_access("write")  # what is kept is told to those who may
            self._refuse_to_lose_kept()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        self._refuse_to_lose_kept()

    def _refuse_to_lose_kept(self):
        # whether it is kept does not depend on who touches it
        said = self.sudo().filtered(lambda m: m.message_type not in PASSING)
        refuse_to_lose(said, "model")
