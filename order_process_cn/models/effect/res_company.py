from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    order_invoice_before_effect = fields.Boolean(
        string="Invoice before Effect",
        help="Regular invoices may be made for orders that have not taken effect yet. "
        "Otherwise only the deposit may be invoiced.",
        groups="base.group_user",
    )
    order_forfeiture_tax_ids = fields.Many2many(
        "account.tax",
        "res_company_order_forfeiture_tax_rel",
        "company_id",
        "tax_id",
        string="Taxes on Forfeited Deposits",
        domain="[('type_tax_use', '=', 'sale'), ('company_id', 'parent_of', id)]",
        help="Leave empty if a forfeited deposit is not taxed.",
        groups="base.group_user",
    )
    order_forfeiture_account_id = fields.Many2one(
        "account.account",
        string="Account of Forfeited Deposits",
        check_company=True,
        domain="[('account_type', 'in', ('income', 'income_other'))]",
        help="Leave empty to book them like other sales.",
        groups="base.group_user",
    )

    def _set_up_deposit_accounts(self, advance, forfeitures):
        """Choose the accounts of deposits where none is chosen, from the chart.

        :param str advance: template id of the account of advances from customers
        :param forfeitures: template ids of which one is the account of forfeitures
        """
        self.ensure_one()
        chart = self.env["account.chart.template"].with_company(self)

        def account(template_id):
            return chart.ref(template_id, raise_if_not_found=False)

        if not self.downpayment_account_id and (found := account(advance)):
            self.downpayment_account_id = found
        if not self.order_forfeiture_account_id:
            self.order_forfeiture_account_id = next(
                filter(None, map(account, forfeitures)), False
            )
