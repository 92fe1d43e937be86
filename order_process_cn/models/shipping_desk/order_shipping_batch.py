from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..mechanism.engine import take_turns


class OrderShippingBatch(models.Model):
    """One act at the shipping desk: what was shipped together (SHP-1).

    The deliveries are validated in the name of whoever pressed the button.
    """

    _name = "order.shipping.batch"
    _inherit = ["order.slice.batch.mixin"]
    _description = "Shipped Together"
    _done = "shipped"
    _topic = "ship_out"
    _slice = 20

    user_id = fields.Many2one(string="Shipped by", required=True)
    line_ids = fields.One2many("order.shipping.batch.line", "batch_id", readonly=True)
    count_total = fields.Integer(string="Releases")
    count_done = fields.Integer(string="Shipped")

    @api.model
    def _ship(self, releases):
        """Make a batch for each company of ``releases``; the worker ships them.

        :raise AccessError: the caller does not move goods
        """
        if not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(self.env._("Only the warehouse ships goods."))
        releases.check_access("read")
        take_turns(releases)  # two at the desk ship a release once
        lines = self.env["order.shipping.batch.line"]
        # what somebody else has begun is no secret to the desk
        running = lines.sudo().search(
            [("release_id", "in", releases.ids), ("state", "=", "waiting")]
        )
        releases -= running.release_id.sudo(False)
        if not releases:
            raise UserError(
                self.env._("Nothing is ready to be shipped, or it is being shipped.")
            )
        return self._begin(
            {
                company: [
                    fields.Command.create({"release_id": release.id}) for release in own
                ]
                for company, own in releases.grouped("company_id").items()
            }
        )

    def _open(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_shipping_batch_action"
        )
        if len(self) == 1:
            return {**action, "views": [(False, "form")], "res_id": self.id}
        return {**action, "domain": [("id", "in", self.ids)]}

    @api.model
    def _get_recheck_labels(self):
        label = self.env._("Shipping many")
        return {**super()._get_recheck_labels(), "ship_out": label}

    def _work_on(self, lines):
        for line in lines:
            line._ship()
