from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..mechanism.engine import public_act


class OrderVersion(models.Model):
    """What an order said before its first change, and after each (CHG-5): V0, V1 …,
    with who and why. Written once, by the engine, and never altered."""

    _name = "order.version"
    _inherit = ["order.append.only.mixin", "order.engine.mixin"]
    _description = "Version of an Order"
    _order = "order_id, number desc"

    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True
    )
    number = fields.Integer(required=True, readonly=True)
    change_id = fields.Many2one(
        "order.change.request",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: as it was agreed first.",
    )
    date = fields.Datetime(string="Since", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="By", required=True, readonly=True, ondelete="restrict"
    )
    reason = fields.Text(string="Why", readonly=True)
    # all that the order says; whoever sees no prices is told no prices of it
    facts = fields.Json(readonly=True, groups="base.group_system")
    differences = fields.Text(
        string="What Changed", compute="_compute_differences", compute_sudo=True
    )

    _number_uniq = models.UniqueIndex(
        "(order_id, number)", "This version of the order exists already."
    )

    @api.depends("number", "order_id")
    def _compute_display_name(self):
        for version in self.sudo():  # those who are asked need not see the order
            version.display_name = f"{version.order_id.name} V{version.number}"

    @api.depends("facts")
    @api.depends_context("uid", "lang", "order_version_before")
    def _compute_differences(self):
        """What differs from the version before, or from the one it is compared with,
        which is one of the same order whatever a client asks for."""
        chosen = self.env.context.get("order_version_before")
        for version in self:
            domain = Domain("order_id", "=", version.order_id.id)
            if isinstance(chosen, int) and chosen:
                domain &= Domain("id", "=", chosen)
            else:
                domain &= Domain("number", "=", version.number - 1)
            before = self.search(domain)
            version.differences = "\n".join(before._spell_against(version))

    def _spell_against(self, other):
        """Return in words what became different from this version to ``other``; of
        prices that they did, for those who see none."""
        if not self:
            return []
        review = self.env["order.review"]
        # the words hide what the reader may not see
        old, new = self.sudo(), other.sudo()
        return [
            review._spell_change_of(new.order_id, change)
            for change in review._describe_changes(old.facts or {}, new.facts or {})
        ]

    @public_act
    def action_compare(self):
        """Open what became different between two versions of an order."""
        self.check_access("read")
        if len(self) != 2 or len(self.order_id) != 1:
            raise UserError(self.env._("Choose two versions of one order."))
        before, after = self.sorted("number")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_version_action_order"
        )
        return {
            **action,
            "name": f"{before.display_name} → {after.display_name}",
            "views": [(False, "form")],
            "res_id": after.id,
            "context": {"order_version_before": before.id},
        }

    # -- keeping -----------------------------------------------------------------------

    @api.model
    def _keep(self, order, before, **values):
        """Keep what ``order`` says now that it was changed: facts, who and why. Called
        one at a time for an order.

        :param dict before: the facts from before, kept with its first change
        """
        last = self.search_fetch([("order_id", "=", order.id)], ["number"], limit=1)
        first = {
            "number": 0,
            "date": order.effective_on or order.date_order,
            "user_id": order.user_id.id or self.env.uid,
            "facts": before,
        }
        version = {
            "number": last.number + 1,
            "date": fields.Datetime.now(),
            **values,
        }
        new = [version] if last else [first, version]
        self.create([{"order_id": order.id, **vals} for vals in new])
