from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw

# what a customer sees of ours
FOR_CUSTOMERS = {
    "sale.order": {
        "progress",
        "receipt_confirmed_on",
        "wanted_date",
        "special_requirements",
        "packing_requirements",
        "review_can_edit",  # whether he may change it himself
    },
    # a subcontractor's portal: the same mixin
    "mrp.production": {"review_can_edit"},
    "sale.order.line": {"specification", "visible_price_unit"},
    "product.template": {"specification"},
    "product.product": {"specification"},
}
OUTSIDE = ("base.group_portal", "base.group_public")
AGGREGATES = ("count_distinct", "array_agg")
# an entry that a filter does not fold into "always" or "never"
SAMPLES = {
    "boolean": True,
    "date": "2026-05-20",
    "datetime": "2026-05-20 08:00:00",
    "integer": 1,
    "float": 1.0,
    "monetary": 1.0,
    "many2one": 1,
    "many2one_reference": 1,
    "one2many": 1,
    "many2many": 1,
}


class ClosedFields:
    """Every road by which a client gets at a field, and which fields are closed."""

    def _outside_models(self):
        """Return the models that a customer or a visitor may read."""
        groups = self.env["res.groups"]
        for name in OUTSIDE:
            groups |= self.env.ref(name)
        groups |= groups.all_implied_ids
        rights = self.env["ir.model.access"].search([("perm_read", "=", True)])
        return {
            right.model_id.model
            for right in rights
            if not right.group_id or right.group_id in groups
        }

    def _ours(self, model):
        return {
            name: field
            for name, field in self.env[model]._fields.items()
            if field._modules and field._modules[0] == "order_process_cn"
        }

    def _roads(self, field, prefix=""):
        """Yield ``(method, args, kwargs)``: how a client reads, filters, orders, groups
        or sums without naming a record.

        :param prefix: of a relation that leads to the model of the field
        """
        name = prefix + field.name
        by_month = name
        if field.type in {"date", "datetime"}:
            by_month = f"{name}:month"
        yield "formatted_read_group", [[], [by_month], ["__count"]], {}
        yield "web_read_group", [[], [by_month], ["__count"]], {}
        for domain in self._domains(field, name):
            yield "search_count", [domain], {}
        yield "name_search", ["", domain], {}
        if prefix:
            return
        yield "read_group", [[], ["__count"], [by_month]], {}
        yield "search_read", [[], [name]], {}
        yield "web_search_read", [[], {name: {}}], {}
        yield "search", [[]], {"order": f"{name} desc"}
        for function in AGGREGATES:
            yield "formatted_read_group", [[], [], [f"{name}:{function}"]], {}

    def _domains(self, field, name):
        value = SAMPLES.get(field.type, "x")
        if field.type == "selection":
            [value, *_others] = field.get_values(self.env)
        yield [(name, "=", value)]
        yield [(name, "not in", [value])]
        if field.relational:
            yield [(f"{name}.id", ">", 0)]
            yield [(name, "any", [("id", ">", 0)])]

    def _record_roads(self, field):
        """As :meth:`_roads`, of records that one has."""
        yield "read", [[field.name]], {}
        yield "web_read", [{field.name: {}}], {}
        yield "export_data", [[field.name]], {}

    def _is_refused(self, user, records, method, args, kwargs):
        """Whether a call of a client ends before anything was looked at."""
        model = records.with_user(user).with_context({})
        ids = [records.ids] if records else []
        try:
            call_kw(model.browse(), method, [*ids, *args], kwargs)
        except (AccessError, UserError, ValueError):
            return True  # closed, or what nobody can look for
        return False
