from odoo import api, models

from ..mechanism.memory import remembered

# who sees sale prices although he works in the warehouse or the workshop
ENTITLED = (
    "sales_team.group_sale_salesman",
    "account.group_account_readonly",
    "account.group_account_invoice",
    "base.group_system",
)
# core lets them read and write every sales order
EXCLUDED = ("stock.group_stock_user", "mrp.group_mrp_user")

PRICE_GROUP = "order_process_cn.order_group_sale_prices"
# customers see prices, but not what we reckon about their money
INSIDE_PRICES = "order_process_cn.order_group_inside_prices"
ASKED_OFTEN = {
    "base.group_user",
    "base.group_user,order_process_cn.order_group_signer",
    "sales_team.group_sale_salesman",
    PRICE_GROUP,
    INSIDE_PRICES,
}
# what was answered in this transaction
KNOWN = "order_groups_known"


class ResUsers(models.Model):
    _inherit = "res.users"

    @remembered
    def _get_group_ids(self):
        """Add the group that sees sale prices to everybody who is entitled to it.

        [SEC-1] Everybody is, except those who work with stock or production and not
        with sales or accounts. A group cannot be defined by what it leaves out, and
        listing those who may see prices would take them from users of applications
        that this one does not know (the till reads the prices of orders).
        """
        group_ids = super()._get_group_ids()
        if self._is_price_excluded(group_ids):
            return group_ids
        definitions = self.env["res.groups"]._get_group_definitions()
        earned = {definitions.get_id(PRICE_GROUP)}
        if definitions.get_id("base.group_user") in group_ids:
            earned.add(definitions.get_id(INSIDE_PRICES))
        return tuple({*group_ids, *earned} - {None})

    @api.readonly
    def has_groups(self, group_spec):
        # asked for each of our fields with every query of a form or list: thousands of
        # times. What the process remembers takes a tenth of a list to look up
        if group_spec not in ASKED_OFTEN or self._ids != (self.env.uid,):
            return super().has_groups(group_spec)
        if self.pool.cache_invalidated:  # by this transaction: groups may have changed
            return self._is_among(group_spec)
        # forgotten with the transaction, or the part of it that is taken back
        known = self.env.cr.precommit.data.setdefault(KNOWN, {})
        key = (self.env.uid, group_spec)
        if key not in known:
            known[key] = self._is_among(group_spec)
        return known[key]

    @remembered
    def _is_among(self, group_spec):
        return any(self._has_group(name) for name in group_spec.split(","))

    def _is_price_excluded(self, group_ids):
        definitions = self.env["res.groups"]._get_group_definitions()
        excluded, entitled = (
            any(definitions.get_id(name) in group_ids for name in names)
            for names in (EXCLUDED, ENTITLED)
        )
        return excluded and not entitled
