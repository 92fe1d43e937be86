from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..intake.classification import get_order_type
from ..mechanism.memory import remembered
from .account_payment_term import SETTLEMENTS

# the account of advances from customers in the Chinese charts
ADVANCE_ACCOUNT = "l10n_cn_common_account_2203"
# bills receivable: bank acceptance bills (承兑汇票) are handed over like money
BILL_ACCOUNT = "l10n_cn_common_account_1121"
# non-operating income, small enterprises and others
FORFEITURE_ACCOUNTS = ("l10n_cn_account_5301", "l10n_cn_large_bis_account_6301")


class OrderDepositRule(models.Model):
    """Which orders need a deposit, how much, and what becomes of it when the customer
    does not take his goods (DEP-1, DEP-3, DEP-4)."""

    _name = "order.deposit.rule"
    _inherit = ["order.in.force.mixin", "order.company.mixin"]
    _description = "Deposit Rule"
    _order = "sequence, id"
    _check_company_auto = True
    # a branch follows the rules of the company it belongs to
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(
        default=10, help="When several rules fit an order, the first one applies."
    )
    company_id = fields.Many2one(
        help="With its branches. Leave empty for all companies: once it is switched "
        "on, the rule applies to the orders of every company.",
    )
    # -- for which orders
    order_type_ids = fields.Many2many(
        "order.type",
        string="Order Types",
        check_company=True,
        help="Leave empty for every type.",
    )
    class_ids = fields.Many2many(
        "order.customer.class",
        string="Customer Classes",
        help="Leave empty for every customer.",
    )
    # a category that is deleted would leave a rule for every product
    categ_ids = fields.Many2many(
        "product.category",
        ondelete="restrict",
        string="Product Categories",
        help="Orders with a product of these categories or those below them. Leave "
        "empty for every product.",
    )
    amount_from = fields.Float(
        string="From Amount",
        digits=(16, 2),
        help="Only orders from this total on, taxes included, in company currency.",
    )
    settlement = fields.Selection(
        SETTLEMENTS,
        help="Only orders whose payment terms settle this way. Leave empty for all.",
    )
    # -- how much
    method = fields.Selection(
        [("percent", "Percent of the total"), ("fixed", "Fixed amount")],
        required=True,
        default="percent",
    )
    percent = fields.Float(
        string="Deposit %", digits=(5, 2), help="Of the total with taxes."
    )
    amount = fields.Float(
        string="Deposit Amount", digits=(16, 2), help="In company currency."
    )
    asks_online = fields.Boolean(
        string="Ask for It Online",
        default=True,
        help="The customer portal asks for the deposit before the quotation is "
        "confirmed.",
    )
    # -- what it is by law
    legal_kind = fields.Selection(
        [
            ("deposit", "Deposit (定金)"),
            ("advance", "Advance payment (预付款)"),
            ("security", "Security (保证金)"),
        ],
        required=True,
        default="deposit",
        help="Only a deposit (定金) is forfeited by the customer who breaks the "
        "contract and returned double by us if we do (Civil Code 586, 587).",
    )
    legal_cap_percent = fields.Float(
        string="Legal Limit %",
        digits=(5, 2),
        default=lambda self: self._default_legal_cap_percent(),
        help="What exceeds this part of the contract value has no effect as a deposit; "
        "it is an advance payment (Civil Code 586).",
    )
    # -- when the goods are not taken
    pickup_days = fields.Integer(
        string="Pick-Up Period (Days)",
        help="Calendar days in which the customer takes the goods, from the day on "
        "which all of them are in stock. Afterwards the deposit is not offset until "
        "somebody has decided on its forfeiture.",
    )
    forfeiture_base = fields.Selection(
        [("order", "Of the order total"), ("deposit", "Of the deposit")],
        required=True,
        default="order",
    )
    tier_ids = fields.One2many(
        "order.forfeiture.tier", "rule_id", string="Forfeiture Tiers", copy=True
    )
    note = fields.Text(string="Description", translate=True)

    _percents_sane = models.Constraint(
        "CHECK (percent >= 0 AND percent <= 100 AND legal_cap_percent >= 0 "
        "AND legal_cap_percent <= 100)",
        "Percentages are between 0 and 100.",
    )
    _amounts_positive = models.Constraint(
        "CHECK (amount >= 0 AND amount_from >= 0 AND pickup_days >= 0)",
        "Amounts and days cannot be negative.",
    )

    @api.model
    def _default_legal_cap_percent(self):
        # the statutory limit is no secret
        parameters = self.env["ir.config_parameter"].sudo()
        return float(parameters.get_param("order_process_cn.legal_cap_percent") or 0.0)

    @api.model
    def _get_narrowing_fields(self):
        return ["order_type_ids", "class_ids"]

    @api.constrains("method", "percent", "amount")
    def _check_amount(self):
        for rule in self:
            if not (rule.percent if rule.method == "percent" else rule.amount):
                raise ValidationError(
                    self.env._("Say how much deposit “%s” asks for.", rule.name)
                )

    @api.constrains("pickup_days", "tier_ids")
    def _check_tiers(self):
        for rule in self:
            if any(tier.from_day <= rule.pickup_days for tier in rule.tier_ids):
                raise ValidationError(
                    self.env._(
                        "“%(rule)s”: nothing is forfeited within the pick-up period of "
                        "%(days)s days; tiers begin after it.",
                        rule=rule.name,
                        days=rule.pickup_days,
                    )
                )

    # -- create, write -----------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._set_up_accounts()
        return rules

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"active", "company_id"}:
            self._set_up_accounts()
        return result

    def _set_up_accounts(self):
        """Give the companies of rules that are switched on the accounts of deposits.

        The Chinese charts name none for down payments, so that core would book them as
        revenue: advances from customers (2203) are set where nothing is chosen, and
        non-operating income for what is forfeited. Companies without a rule, or with
        another chart, are left alone.
        """
        active = self.filtered("active")
        # whoever administers rules need not administer companies
        companies = active.company_id.sudo()
        # the rules of a company reach its branches
        companies = companies.search([("id", "child_of", companies.ids)])
        if active.filtered(lambda rule: not rule.company_id):
            companies = companies.search([])  # all of them: they are few
        for company in companies:
            company._set_up_deposit_accounts(
                ADVANCE_ACCOUNT, FORFEITURE_ACCOUNTS, BILL_ACCOUNT
            )

    # -- which rule applies ------------------------------------------------------------

    @api.model
    def _company_domain(self, company_id):
        # which company a branch belongs to is known to everybody
        company = self.env["res.company"].sudo().browse(company_id)
        return [("company_id", "in", [False, *company.parent_ids.ids])]

    @api.model
    @remembered
    def _compiled_rules(self, company_id):
        """Return the rules of a company as plain data, in order of preference. Callers
        must not change them."""
        rules = self.search(self._company_domain(company_id))
        return [rule._compile() for rule in rules]

    def _compile(self):
        """Return this rule as plain data."""
        self.ensure_one()
        return {
            "rule": self.id,
            "types": frozenset(self._ids_in("order_type_ids")),
            "classes": frozenset(self._ids_in("class_ids")),
            "categories": frozenset(self.categ_ids.ids),
            "amount_from": self.amount_from,
            "settlement": self.settlement,
        }

    @api.model
    @remembered
    def _is_used(self, company_id):
        """Whether orders of a company can have a deposit: a rule is or was in use.
        Everything that watches money asks this first, and costs nothing elsewhere."""
        rules = self.with_context(active_test=False)
        return bool(
            rules.search_count(
                [("in_force_since", "!=", False), *self._company_domain(company_id)],
                limit=1,
            )
        )

    @api.model
    @remembered
    def _ids_with_tiers(self):
        """Return the ids of the rules with a pick-up clock that are or were in use."""
        rules = self.with_context(active_test=False)
        found = rules.search(
            [("tier_ids", "!=", False), ("in_force_since", "!=", False)]
        )
        return frozenset(found.ids)

    @api.model
    def _find_for(self, orders):
        """Return ``{order: rule}``: the first rule that fits each order, or an empty
        one. Costs no query in companies without rules."""
        found = dict.fromkeys(orders, self.browse())
        for company, own in orders.grouped("company_id").items():
            left = own
            for plan in self._compiled_rules(company.id):
                fitting = left.filtered(lambda order, p=plan: self._fits(p, order))
                found.update(dict.fromkeys(fitting, self.browse(plan["rule"])))
                left -= fitting
                if not left:
                    break
        return found

    @api.model
    def _fits(self, plan, order):
        """Whether a compiled rule applies to one order."""
        if plan["types"] and get_order_type(order).id not in plan["types"]:
            return False
        customer = order.partner_id.commercial_partner_id
        if plan["classes"] and customer.order_class_id.id not in plan["classes"]:
            return False
        if plan["settlement"] not in {False, order.payment_term_id.settlement}:
            return False
        if order._get_review_amount() < plan["amount_from"]:
            return False
        return not plan["categories"] or self._has_category(plan["categories"], order)

    @api.model
    def _has_category(self, categories, order):
        return any(
            categories & {int(number) for number in path.split("/") if number}
            for path in order.order_line.product_id.categ_id.mapped("parent_path")
        )

    def _is_unconditional(self):
        """Whether every order of its types needs this deposit."""
        self.ensure_one()
        return not (
            self.class_ids or self.categ_ids or self.amount_from or self.settlement
        )

    # -- what it asks for --------------------------------------------------------------

    def _amount_for(self, order):
        """Return the deposit on ``order``, in the currency of the order."""
        self.ensure_one()
        if self.method == "percent":
            amount = order.amount_total * self.percent / 100
        else:
            amount = min(self.amount * (order.currency_rate or 1.0), order.amount_total)
        return order.currency_id.round(amount)

    def _tier_on(self, day):
        """Return the tier in force ``day`` days after the goods came in, or none."""
        return self.tier_ids.filtered(lambda tier: tier.from_day <= day)[-1:]
