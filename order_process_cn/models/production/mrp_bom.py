from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..mechanism.engine import public_act

# what engineering releases: a change of any of these has to be released again
RELEASED_FACTS = {
    "product_tmpl_id",
    "product_id",
    "product_qty",
    "product_uom_id",
    "type",
}
# which kit is taken apart, where a product has several
CHOSEN_BY = {"active", "sequence", "company_id", "picking_type_id"}

# what the button alone enters
RELEASE = {"is_released", "released_by_id", "released_on"}


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
        # a client's context is no release either
        keys = {f"default_{name}" for name in RELEASE} & self.env.context.keys()
        if keys:
            self = self.with_context(**dict.fromkeys(keys, False))
        boms = super().create(vals_list)
        boms._find_built_with()._revoke_release()
        return boms

    def write(self, vals):
        self._refuse_release_values(vals)
        looked_at = (RELEASED_FACTS | CHOSEN_BY) & vals.keys()
        # what a kit goes into until now; what it goes into from now on is found later
        changed = self._find_built_with() if looked_at else self.browse()
        result = super().write(vals)
        if RELEASED_FACTS & vals.keys():
            changed |= self
        if changed:
            changed._revoke_release()
        return result

    def unlink(self):
        above = self._find_built_with() - self
        result = super().unlink()
        above._revoke_release()
        return result

    def _refuse_release_values(self, vals):
        if RELEASE & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._("Release a bill of materials with its button.")
            )

    def _revoke_release(self):
        """What was released has changed: engineering has to look at it again, and at
        what is made of the kits among these."""
        boms = self | self._find_built_with()
        # the engineer's own edit may come from somebody without release right
        boms.sudo().filtered("is_released").write(
            {"is_released": False, "released_by_id": False, "released_on": False}
        )

    def _find_built_with(self):
        """Return the bills of materials that list a kit among these, on any level: its
        components are theirs."""
        # somebody who edits a kit need not see what other companies make of it
        everything = self.sudo().with_context(active_test=False)
        found, boms = everything.browse(), everything
        while kits := boms.filtered(lambda bom: bom.type == "phantom"):
            of_all = kits.filtered(lambda bom: not bom.product_id).product_tmpl_id
            products = kits.product_id | of_all.product_variant_ids
            lines = everything.env["mrp.bom.line"]
            lines = lines.search([("product_id", "in", products.ids)])
            boms = lines.bom_id - found
            found |= boms
        return found.with_env(self.env)

    @public_act
    def action_release(self):
        """Release as engineering. [MFG-5]

        :raise AccessError: the caller is not in the group
        """
        if not self.env.user.has_group("order_process_cn.order_group_engineering"):
            raise AccessError(
                self.env._("Only engineering releases a bill of materials.")
            )
        # an engineer need not produce: the group is the right, in his companies only
        self._check_release_companies()
        self.sudo().write(  # the group was checked above
            {
                "is_released": True,
                "released_by_id": self.env.uid,
                "released_on": fields.Datetime.now(),
            }
        )
        return True

    def _check_release_companies(self):
        """:raise AccessError: a bill of materials of another company is among them"""
        companies = self.sudo().company_id  # only whose they are
        if companies - self.env.user.company_ids:
            raise AccessError(
                self.env._("This bill of materials belongs to another company.")
            )
