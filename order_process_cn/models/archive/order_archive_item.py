from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..intake.classification import get_order_type
from ..mechanism.memory import remembered
from ..mechanism.order_condition_mixin import Condition
from .retention import get_order_paths

CONDITION, FORM, FILE = "condition", "form", "file"


class OrderArchiveItem(models.Model):
    """One thing that must be there before the papers of an order are filed (AFS-4).

    Administrators say what as a condition on the order, as a form that must have been
    issued, or as a paper that somebody files by hand.
    """

    _name = "order.archive.item"
    _inherit = ["order.config.mixin", "order.company.mixin"]
    _description = "Archive Checklist"
    _order = "sequence, id"

    name = fields.Char(string="What Must Be There", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            (CONDITION, "The order matches a condition"),
            (FORM, "A form was issued"),
            (FILE, "A paper is filed by hand"),
        ],
        string="How It Is Known",
        required=True,
        default=CONDITION,
    )
    domain = fields.Char(
        string="There When",
        required=True,
        default="[]",
        help="The order must match this condition.",
    )
    form_id = fields.Many2one(
        "order.form",
        ondelete="restrict",
        help="Issued for the order, a transfer of it or another document about it.",
    )
    order_type_ids = fields.Many2many(
        "order.type",
        string="Order Types",
        help="Leave empty for orders of every type.",
    )
    department_id = fields.Many2one(
        "order.department",
        string="Whose Move",
        ondelete="restrict",
        help="Named in the checklist as who brings what is missing.",
    )

    _form_given = models.Constraint(
        "CHECK(kind != 'form' OR form_id IS NOT NULL)",
        "Choose the form that must have been issued.",
    )

    @api.model
    def _get_narrowing_fields(self):
        return ["order_type_ids"]

    @api.constrains("domain")
    def _check_domain(self):
        for item in self:
            try:
                condition = Domain(literal_eval(item.domain))
                condition.validate(self.env["sale.order"])
            except (ValueError, SyntaxError, KeyError) as error:
                raise ValidationError(
                    self.env._(
                        "The condition of “%(item)s” cannot be read: %(error)s",
                        item=item.name,
                        error=error,
                    )
                ) from error
            item._check_condition(condition, "sale.order")

    @api.model
    @remembered
    def _compiled(self):
        """Return the checklist in force as plain data."""
        return [
            {
                "id": item.id,
                "names": item._translations_of("name"),
                "owners": item.department_id
                and item.department_id._translations_of("name"),
                "company": item.company_id.id,
                "types": set(item._ids_in("order_type_ids")),
                "kind": item.kind,
                "domain": literal_eval(item.domain),
                "form": item.form_id.id,
            }
            for item in self.search([])
        ]

    # -- asking ------------------------------------------------------------------------

    @api.model
    def _conditions_of(self, orders):
        """Return ``{order: [Condition, …]}``: the checklist of each order.

        :param orders: read as superuser
        """
        items, lang = self._compiled(), self.env.lang or "en_US"
        if not items:
            return {}
        issued = self._find_issued(orders, items)
        filed = self._find_filed(orders)
        found = {}
        for item in items:
            concerned = orders.filtered(lambda o, i=item: self._is_asked(i, o))
            if item["kind"] == CONDITION:
                there = concerned.filtered_domain(item["domain"])
            else:
                known = issued if item["kind"] == FORM else filed
                key = item["form"] if item["kind"] == FORM else item["id"]
                there = concerned.filtered(lambda o, k=key, f=known: (k, o.id) in f)
            for order in concerned:
                found.setdefault(order, []).append(
                    Condition(
                        f"archive_item_{item['id']}",
                        item["names"].get(lang, ""),
                        order in there,
                        item["owners"] and item["owners"].get(lang, "") or "",
                    )
                )
        return found

    @api.model
    def _is_asked(self, item, order):
        """Whether a compiled item is asked of one order."""
        if item["company"] not in {False, order.company_id.id}:
            return False
        return not item["types"] or get_order_type(order).id in item["types"]

    @api.model
    def _find_filed(self, orders):
        """Return ``{(id of the item, id of the order)}`` of what was filed by hand."""
        groups = self.env["order.archive.entry"]._read_group(
            [("order_id", "in", orders.ids), ("item_id", "!=", False)],
            ["item_id", "order_id"],
        )
        return {(item.id, order.id) for item, order in groups}

    @api.model
    def _find_issued(self, orders, items):
        """Return ``{(id of the form, id of the order)}`` of forms that were issued for
        these orders or for documents about them."""
        ids = {item["form"] for item in items if item["kind"] == FORM}
        forms = self.env["order.form"].browse(ids)
        paths, found = get_order_paths(self.env), set()
        for model, same in forms.grouped(lambda form: form.report_id.model).items():
            if model not in paths:
                continue
            path = paths[model]
            if path:
                documents = self.env[model].search([(path, "in", orders.ids)])
                owners = {document.id: document[path].id for document in documents}
            else:
                owners = {order.id: order.id for order in orders}
            issues = self.env["order.form.issue"]._read_group(
                [
                    ("form_id", "in", same.ids),
                    ("res_model", "=", model),
                    ("res_id", "in", list(owners)),
                ],
                ["form_id", "res_id"],
            )
            found |= {(form.id, owners[number]) for form, number in issues}
        return found
