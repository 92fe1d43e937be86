from odoo import api, models


class MailActivityMixin(models.AbstractModel):
    _inherit = "mail.activity.mixin"

    @api.model
    def _choose_bearer(self, user, document):
        """What is meant for somebody who has left goes to his successor."""
        bearer = super()._choose_bearer(user, document)
        return bearer if bearer.active else bearer._get_successor(document)
