from markupsafe import Markup

from odoo import api, models


class OrderReviewTask(models.Model):
    """Whoever configures the process is led to the first steps while nothing is on."""

    _inherit = "order.review.task"

    @api.model
    def get_empty_list_help(self, help_message):
        help_message = super().get_empty_list_help(help_message)
        user = self.env.user
        if not user.has_group("order_process_cn.order_group_manager"):
            return help_message
        routes = self.env["order.review.route"]
        if routes.search_count([], limit=1):
            return help_message
        words = self.env._("No procedure is switched on yet, so nothing comes here.")
        return Markup(
            '<p class="o_view_nocontent_smiling_face">%s</p>'
            '<p><a class="btn btn-primary" href="/odoo/first-steps">%s</a></p>'
        ) % (words, self.env._("First Steps"))
