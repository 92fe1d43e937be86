from odoo import models

# something happened while a procedure was observed: its detail says what
NOTED = "observed"


class OrderEvent(models.Model):
    _inherit = "order.event"

    def _spell(self, labels):
        if self.code != NOTED:
            return super()._spell(labels)
        return self.env._("Observed: %s", labels.get(self.detail, self.detail))
