from odoo import api, models
from odoo.fields import Domain

from .memory import remembered


class OrderConfigMixin(models.AbstractModel):
    """Configuration that is read often and kept in memory between requests."""

    _name = "order.config.mixin"
    _inherit = ["order.typed.mixin"]
    _description = "Cached Configuration"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    def _check_condition(self, domain, model_name):
        """Raise :class:`AccessError` when a condition asks for a field that its author
        may not read: what the engine makes of it would tell him the value.

        :param Domain domain: valid on ``model_name``
        """
        for condition in domain.iter_conditions():
            model = self.env[model_name].with_user(self.env.user)
            for name in condition.field_expr.split("."):
                model.browse().check_access("read")
                field = model._fields.get(name)
                if field is None:
                    break  # the part of a date
                model._check_field_access(field, "read")
                if field.relational:
                    model = model[name].browse()
            if condition.operator in {"any", "not any"}:
                self._check_condition(Domain(condition.value), model._name)

    @api.model
    @remembered
    def _names_in_memory(self, lang):
        every = self.with_context(active_test=False, lang=lang)
        return {record.id: record.name for record in every.search_fetch([], ["name"])}

    def _display_name_from_memory(self):
        """For ``_compute_display_name`` of configuration shown on every document."""
        names = self.browse()._names_in_memory(self.env.lang) if self.ids else {}
        for record in self:
            record.display_name = names.get(record.id) or record.name

    @api.model
    def _get_narrowing_fields(self):
        """Return the names of the relations that say what a record is for, where an
        empty one means "all of them"."""
        return []

    def _ids_in(self, name):
        """Return the ids in the relation ``name``, archived ones too.

        An empty relation means "all of them": a rule must not grow into a rule for
        everything because what it was made for was archived. Nor because it was
        deleted, see ``order.reach.mixin``.
        """
        self.ensure_one()
        return self.with_context(active_test=False)[name].ids

    def _translations_of(self, name):
        """Return ``{language: text}`` of a translated field, for a frozen copy."""
        self.ensure_one()
        return {
            code: self.with_context(lang=code)[name]
            for code, _label in self.env["res.lang"].get_installed()
        }
