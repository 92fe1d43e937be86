from odoo import api, fields, models
from odoo.exceptions import AccessError

# what engineering releases: a change of any of these has to be released again
RELEASED_FACTS = {
    "product_tmpl_id",
    "product_id",
    "product_qty",
    "product_uom_id",
    "type",
}


class MrpBom(models.Model):
    _inherit = "mrp.bom"

    is_released = fields.Boolean(
        string="Released by Engineering",
        copy=False,
        tracking=True,
        readonly=True,
        help="Production orders are countersigned on released bills of materials.",
        groups="base.group_user",
    )
    released_by_id = fields.Many2one(
        "res.users", copy=False, readonly=True, groups="base.group_user"
    )
    released_on = fields.Datetime(copy=False, readonly=True, groups="base.group_user")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_release_values(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_release_values(vals)
        result = super().write(vals)
        if RELEASED_FACTS & vals.keys():
            self._revoke_release()
        return result

    def _refuse_release_values(self, vals):
        if {"is_released", "released_by_id", "released_on"} & vals.keys() and not (
            self.env.su
        ):
            raise AccessError(
                self.env._("Release a bill of materials with its button.")
            )

    def _revoke_release(self):
        """What was released has changed: engineering has to look at it again."""
        # the engineer's own edit may come from somebody without release right
        self.sudo().filtered("is_released").write(
            {"is_released": False, "released_by_id": False, "released_on": False}
        )

    def action_release(self):
        """Release as engineering. [MFG-5]

        :raise AccessError: the caller is not in the group
        """
        if not self.env.user.has_group("order_process_cn.order_group_engineering"):
            raise AccessError(
                self.env._("Only engineering releases a bill of materials.")
            )
        self.check_access("read")
        self.sudo().write(  # the group was checked above
            {
                "is_released": True,
                "released_by_id": self.env.uid,
                "released_on": fields.Datetime.now(),
            }
        )
        return True
