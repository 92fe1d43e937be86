from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        # core makes whoever gets a to-do a follower; somebody asked to sign would
        # then receive the customer's mail. The key can only make less happen.
        if self.env.context.get("order_no_follower"):
            return True
        return super().message_subscribe(partner_ids, subtype_ids)
