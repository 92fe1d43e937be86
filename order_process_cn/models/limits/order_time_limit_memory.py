from ast import literal_eval

from odoo import api, models

from ..mechanism.memory import remembered


class OrderTimeLimit(models.Model):
    """What is kept in memory of the limits: an event on which no limit depends costs
    no query."""

    _inherit = "order.time.limit"

    @api.model
    def _in_force_domain(self, company_id):
        return [("active", "=", True), ("company_id", "in", [False, company_id])]

    @api.model
    @remembered
    def _used_models(self):
        """Return the models for which any limit is switched on."""
        groups = self._read_group([("active", "=", True)], ["res_model"])
        return frozenset(model for (model,) in groups)

    @api.model
    @remembered
    def _is_used(self, company_id):
        """Whether any limit is switched on for a company."""
        return bool(self.search_count(self._in_force_domain(company_id), limit=1))

    @api.model
    @remembered
    def _is_worked_with(self, company_id):
        """Whether any limit reckons with the working hours of a company."""
        rules = self.search(self._in_force_domain(company_id))
        return any(rule._needs_hours() for rule in rules if not rule.calendar_id)

    @api.model
    @remembered
    def _compiled_for(self, res_model, company_id):
        """Return the limits switched on for a kind of document in a company, as plain
        data that callers must not change."""
        rules = self.search(
            [("res_model", "=", res_model), *self._in_force_domain(company_id)]
        )
        return tuple(rule._compile() for rule in rules)

    def _compile(self):
        self.ensure_one()
        return {
            "rule": self.id,
            "start": self.start_event,
            "stop": self.stop_event,
            "pause": self.pause_event,
            "resume": self.resume_event,
            "restarts": self.restarts,
            "types": frozenset(self._ids_in("order_type_ids")),
            "domain": literal_eval(self.domain or "[]"),
            "stage": self.stage_id.id,
            "seats_of": self.seat_department_id.id,
            "length": self.length,
            "unit": self.unit,
            "calendar": self.calendar_id.id,
            "cap": self.cap_field_id.name,
            "replaces": self.date_replaces,
            "cutoff": self.cutoff,
        }

    @api.model
    @remembered
    def _cap_fields(self, res_model):
        """Return the fields by which limits switched on for a kind of document end."""
        rules = self.search(
            [
                ("res_model", "=", res_model),
                ("active", "=", True),
                ("cap_field_id", "!=", False),
            ]
        )
        return frozenset(rules.cap_field_id.mapped("name"))

    @remembered
    def _names(self):
        """Return ``{language: name}``."""
        return self._translations_of("name")

    def _get_name(self):
        """Return the name in the language of the reader. Costs no query."""
        names = self._names()
        return names.get(self.env.lang or "en_US") or next(iter(names.values()))
