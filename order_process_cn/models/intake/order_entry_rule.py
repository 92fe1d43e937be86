from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..mechanism.memory import remembered
from .classification import get_order_type
from .twins import find_same_contents, find_same_reference

# fields of the order that follow from its customer
PRINTED = {"printed_contact", "printed_phone"}


class OrderEntryRule(models.Model):
    """One thing that must be on an order before it can be submitted (INT-2).

    Administrators say what is required as a condition on the order or on each of
    its lines; nothing about completeness is written in code.
    """

    _name = "order.entry.rule"
    _inherit = ["order.config.mixin", "order.company.mixin"]
    _description = "Completeness Rule"
    _order = "sequence, id"

    name = fields.Char(
        string="What Is Missing",
        required=True,
        translate=True,
        help="Shown to the person who enters the order, for example: delivery address.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    scope = fields.Selection(
        [("order", "The order"), ("line", "Every order line")],
        required=True,
        default="order",
    )
    kind = fields.Selection(
        [
            ("condition", "The condition"),
            ("reference", "The customer's number was not used before"),
            ("contents", "The same file was not imported before"),
        ],
        string="What Is Checked",
        required=True,
        default="condition",
        help="An order that is ticked as a further order passes the last two.",
    )
    days = fields.Integer(
        default=90, help="How many days back the same file is looked for."
    )
    lets_deduct = fields.Boolean(
        string="Deductions Pass",
        help="Not asked of lines that Odoo adds to take something off or to charge the "
        "delivery (discounts, rewards, delivery), nor of the head of a combo, whose "
        "price stands on its items.",
    )
    return_type_ids = fields.Many2many(
        "order.type",
        "order_entry_rule_return_type_rel",
        string="Returns Allowed In",
        help="In orders of these types a line may also take goods back, with a "
        "quantity below zero. Elsewhere such a line is a mistake.",
    )
    domain = fields.Char(
        string="Complete When",
        required=True,
        default="[]",
        help="The order, or each of its lines, must match this condition.",
    )
    scope_model = fields.Char(compute="_compute_scope_model")
    order_type_ids = fields.Many2many(
        "order.type",
        string="Order Types",
        help="Leave empty to require it for every type.",
    )

    @api.model
    def _get_narrowing_fields(self):
        return ["order_type_ids"]

    @api.depends("scope")
    def _compute_scope_model(self):
        for rule in self:
            rule.scope_model = (
                "sale.order.line" if rule.scope == "line" else "sale.order"
            )

    @api.constrains("domain", "scope")
    def _check_domain(self):
        for rule in self:
            try:
                condition = Domain(literal_eval(rule.domain))
                condition.validate(self.env[rule.scope_model])
            except (ValueError, SyntaxError, KeyError) as error:
                raise ValidationError(
                    self.env._(
                        "The condition of the completeness rule “%(rule)s” cannot be "
                        "read: %(error)s",
                        rule=rule.name,
                        error=error,
                    )
                ) from error
            rule._check_condition(condition, rule.scope_model)

    @api.model
    @remembered
    def _compiled(self):
        """Return the rules in force as plain data."""
        return [
            {
                "names": rule._translations_of("name"),
                "company": rule.company_id.id,
                "scope": rule.scope,
                "id": rule.id,
                "domain": Domain(literal_eval(rule.domain)),
                "types": set(rule._ids_in("order_type_ids")),
                "kind": rule.kind,
                "days": rule.days,
                "lets_deduct": rule.lets_deduct,
                "returns": set(rule._ids_in("return_type_ids")),
            }
            for rule in self.search([])
        ]

    @remembered
    def _take_apart(self):
        """Return the condition on an order, taken apart once for all."""
        domain = Domain(literal_eval(self.domain))
        return domain.optimize(self.env[self.scope_model])

    @api.model
    @remembered
    def _get_paths(self):
        """Return what the rules ask of an order, as ``{(field, …)}``; of a rule whose
        addon is gone, what is left of it."""
        return {
            path
            for rule in self._compiled()
            if rule["scope"] == "order"
            for condition in Domain(rule["domain"]).iter_conditions()
            if (path := tuple(condition.field_expr.split(".")))[0]
            in self.env["sale.order"]._fields
        }

    @api.model
    def _missing_in(self, orders):
        """Return ``{order: [text, …]}``: what each order lacks under these rules."""
        if not orders:
            return {}
        missing = {order: [] for order in orders}
        self._read_of_customers(orders)
        company_of = {order: order.company_id.id for order in orders}
        type_of = {order: get_order_type(order).id for order in orders}
        for rule in self._compiled():
            name = rule["names"].get(self.env.lang or "en_US", "")
            concerned = orders
            if rule["company"] or rule["types"]:
                concerned = orders.filtered(
                    lambda order, rule=rule: (
                        rule["company"] in {False, company_of[order]}
                        and (not rule["types"] or type_of[order] in rule["types"])
                    )
                )
            for record, text in self._find_gaps(rule, name, concerned):
                missing[record].append(text)
        return missing

    @api.model
    def _find_gaps(self, rule, name, orders):
        """Return ``[(order, text), …]`` for the orders that one compiled rule finds
        incomplete."""
        if rule["kind"] != "condition":
            return self._find_twins(rule, name, orders)
        if rule["scope"] == "order":
            asked = orders
            if returns := rule["returns"]:
                asked -= orders.filtered(lambda o: get_order_type(o).id in returns)
            if not asked:  # a rule that cannot be read stops its own orders only
                return []
            domain = self.browse(rule["id"])._take_apart()
            return [(order, name) for order in asked - asked.filtered_domain(domain)]
        lines = orders.order_line.filtered(lambda line: not line.display_type)
        # few fail: what spares a line is looked up for those only
        failing = lines - lines.filtered_domain(rule["domain"])
        return [
            (
                line.order_id,
                self.env._("%(what)s of line “%(line)s”", what=name, line=line.name),
            )
            for line in failing
            if not line._is_spared(rule)
        ]

    @api.model
    def _find_twins(self, rule, name, orders):
        """Return ``[(order, text), …]`` for the orders that were entered before."""
        asked = orders.filtered(lambda order: not order.is_further_order)
        if rule["kind"] == "reference":
            found = find_same_reference(asked)
        else:
            found = find_same_contents(asked, rule["days"])
        return [
            (
                order,
                self.env._(
                    "%(what)s: see %(orders)s; tick “Further Order” if it is no "
                    "duplicate",
                    what=name,
                    orders=", ".join(twins.sorted("id").mapped("name")),
                ),
            )
            for order, twins in found.items()
        ]

    @api.model
    def _read_of_customers(self, orders):
        """Read what the rules ask of a customer, and not all there is to know."""
        customers, names = self.env["res.partner"], set()
        for field, *rest in self._get_paths():
            if rest and orders._fields[field].comodel_name == "res.partner":
                customers |= orders[field]
                names.add(rest[0])
            elif field in PRINTED:
                customers |= orders.partner_id
                names |= {"name", "phone", "is_company", "commercial_partner_id"}
        columns = [f for f in map(customers._fields.get, names) if f.column_type]
        if self.env.su and customers.ids:  # as at a submission
            plain = [
                field.name
                for field in columns
                if not (field.translate or field.company_dependent)
            ]
            where = SQL("id IN %s", tuple(customers.ids))
            self.env["order.fact.reader"]._load(customers, plain, where)
        customers.fetch([field.name for field in columns])
