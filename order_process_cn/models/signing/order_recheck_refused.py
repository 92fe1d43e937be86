from odoo import api, models


class OrderRecheck(models.Model):
    """A gate that refuses what was reviewed otherwise leaves a way on: the worker has
    it signed again. [REV-5]"""

    _inherit = "order.recheck"

    @api.model
    def _after_refusal(self, documents):
        super()._after_refusal(documents)
        if isinstance(documents, self.env.registry["order.review.mixin"]):
            # the engine's to find out what is different
            documents.sudo().review_id._look_again_after_refusal()
