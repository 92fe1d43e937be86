from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    order_invoice_before_effect = fields.Boolean(
        string="Invoice before Effect",
        help="Regular invoices may be made for orders that have not taken effect yet. "
        "Otherwise only the deposit may be invoiced.",
        groups="base.group_user",
    )
    order_effect_grace_hours = fields.Float(
        string="Grace for Lost Deposits",
        default=24.0,
        help="Hours for which the deposit of an order in production may be missing, "
        "for instance while a payment is corrected, before the order is held again.",
        groups="base.group_user",
    )
    _order_effect_grace_positive = models.Constraint(
        "CHECK (order_effect_grace_hours >= 0)",
        "The grace for lost deposits cannot be negative.",
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

    def _set_up_deposit_accounts(self, advance, forfeitures, bills):
        """Choose the accounts of deposits where none is chosen, from the chart.

        :param str advance: template id of the account of advances from customers
        :param forfeitures: template ids of which one is the account of forfeitures
        :param str bills: template id of the account of bills, which count as money
        """
        self.ensure_one()
        # branches use the accounts of their root
        chart = self.env["account.chart.template"].with_company(self.root_id)

        def account(template_id):
            return chart.ref(template_id, raise_if_not_found=False)

        if found := account(bills):
            found.order_counts_as_money = True
        if not self.downpayment_account_id and (found := account(advance)):
            self.downpayment_account_id = found
        if not self.order_forfeiture_account_id:
            self.order_forfeiture_account_id = next(
                filter(None, map(account, forfeitures)), False
            )

    def _set_up_branches(self):
        """Give new branches the accounts that the rules of their companies need."""
        # whoever makes a branch need not administer deposits
        rules = self.env["order.deposit.rule"].sudo()
        rules.search([("company_id", "in", self.parent_ids.ids)])._set_up_accounts()

    def _get_payee_head(self, currency):
        """Return label and value of the account that customers pay to."""
        account = self._find_payee_account(currency)
        return [
            (self.env._("Payee"), account.acc_holder_name or self.name),
            (self.env._("Bank"), account.bank_id.name or ""),
            (self.env._("Account No."), account.acc_number or ""),
        ]

    def _find_payee_account(self, currency):
        """Return the account of the company that a customer pays to, in his currency
        where there is one."""
        # what is printed for every customer is no secret
        company = self.sudo()
        accounts = company.partner_id.bank_ids.filtered(
            lambda account: account.company_id.id in {False, company.id}
        )
        return accounts.sorted(
            lambda account: (
                account.currency_id != currency,
                bool(account.currency_id),
                account.sequence,
                account.id,
            )
        )[:1]
