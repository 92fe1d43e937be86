from ast import literal_eval

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class OrderTypeRule(models.Model):
    """Why an order is proposed to be of a type (CLS-2).

    The kinds are facts that need history or stock; everything that can be read on
    the order itself is the condition.
    """

    _name = "order.type.rule"
    _inherit = ["order.config.mixin"]
    _description = "Order Type Rule"
    _order = "type_id, sequence, id"

    type_id = fields.Many2one(
        "order.type", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(
        string="Reason",
        required=True,
        translate=True,
        help="Shown beside the proposed type.",
    )
    kind = fields.Selection(
        [
            ("condition", "The condition alone"),
            ("new_customer", "The customer has never ordered"),
            ("new_product", "A product is new to this customer"),
            ("not_made", "A product was not made for some months"),
            ("short_date", "The wanted date lies inside the lead time"),
        ],
        required=True,
        default="condition",
    )
    months = fields.Integer(
        default=24,
        help="How many months without production make a product count as not made.",
    )
    domain = fields.Char(
        string="Condition",
        default="[]",
        help="The order must match this as well.",
    )
    is_hint = fields.Boolean(
        string="Hint Only",
        help="Shown to the person who enters the order; does not propose the type.",
    )

    @api.constrains("domain")
    def _check_domain(self):
        for rule in self:
            try:
                condition = Domain(literal_eval(rule.domain or "[]"))
                condition.validate(self.env["sale.order"])
            except (ValueError, SyntaxError, KeyError) as error:
                raise ValidationError(
                    self.env._(
                        "The condition of the reason “%(rule)s” cannot be read: "
                        "%(error)s",
                        rule=rule.name,
                        error=error,
                    )
                ) from error
            rule._check_condition(condition, "sale.order")

    def _compile(self):
        """Return this reason as plain data."""
        self.ensure_one()
        return {
            "names": self._translations_of("name"),
            "kind": self.kind,
            "months": self.months,
            "domain": literal_eval(self.domain or "[]"),
            "hint": self.is_hint,
        }

    @api.model
    def _explain(self, rule, orders):
        """Return ``{order: text}`` for orders to which a compiled reason applies."""
        orders = orders.filtered_domain(rule["domain"])
        details = self._detectors()[rule["kind"]](orders, rule) if orders else {}
        name = rule["names"].get(self.env.lang or "en_US", "")
        return {
            order: f"{name}: {detail}" if detail else name
            for order, detail in details.items()
        }

    def _detectors(self):
        """Return ``{kind: method}``; a method returns ``{order: detail}``."""
        return {
            "condition": lambda orders, rule: dict.fromkeys(orders, ""),
            "new_customer": self._detect_new_customer,
            "new_product": self._detect_new_product,
            "not_made": self._detect_not_made,
            "short_date": self._detect_short_date,
        }

    def _detect_new_customer(self, orders, rule):
        customers = orders.partner_id.commercial_partner_id
        known = {
            partner.commercial_partner_id
            for (partner,) in self.env["sale.order"]._read_group(
                [
                    ("state", "=", "sale"),
                    ("id", "not in", orders.ids),
                    ("company_id", "in", orders.company_id.ids),
                    ("partner_id.commercial_partner_id", "in", customers.ids),
                ],
                ["partner_id"],
            )
        }
        return {
            order: order.partner_id.display_name
            for order in orders
            if order.partner_id.commercial_partner_id not in known
        }

    def _detect_new_product(self, orders, rule):
        customers = orders.partner_id.commercial_partner_id
        bought = {
            (partner.commercial_partner_id, product)
            for partner, product in self.env["sale.order.line"]._read_group(
                [
                    ("state", "=", "sale"),
                    ("order_id", "not in", orders.ids),
                    ("company_id", "in", orders.company_id.ids),
                    ("product_id", "in", orders.order_line.product_id.ids),
                    ("order_partner_id.commercial_partner_id", "in", customers.ids),
                ],
                ["order_partner_id", "product_id"],
            )
        }
        return self._name_products(
            orders,
            lambda order, product: (
                product.type == "consu"
                and (order.partner_id.commercial_partner_id, product) not in bought
            ),
        )

    def _detect_not_made(self, orders, rule):
        since = fields.Datetime.now() - relativedelta(months=rule["months"])
        made = dict(
            self.env["mrp.production"]
            # only the date of the last production is used
            .sudo()
            ._read_group(
                [
                    ("product_id", "in", orders.order_line.product_id.ids),
                    ("company_id", "in", orders.company_id.ids),
                    ("state", "=", "done"),
                ],
                ["product_id"],
                ["date_finished:max"],
            )
        )
        return self._name_products(
            orders,
            lambda order, product: (
                made.get(product) and fields.Datetime.to_datetime(made[product]) < since
            ),
        )

    def _detect_short_date(self, orders, rule):
        tight = {}
        for order in orders.filtered("wanted_date"):
            lead = max(order.order_line.mapped("customer_lead"), default=0)
            entered = order.date_order or fields.Datetime.now()
            ready = order.company_id._calendar_day(entered) + relativedelta(days=lead)
            if order.wanted_date < ready:
                tight[order] = fields.Date.to_string(order.wanted_date)
        return tight

    def _name_products(self, orders, predicate):
        named = {}
        for order in orders:
            products = order.order_line.product_id.filtered(
                lambda product, order=order: predicate(order, product)
            )
            if products:
                named[order] = ", ".join(products.mapped("name"))
        return named
