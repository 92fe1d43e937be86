from datetime import datetime

from odoo import api, fields, models


class OrderTimeLimitMixin(models.AbstractModel):
    """A record on which time limits run: a document, or a seat of its review (SLA-1).

    It says what happens to it; rules made of these events are data
    (``order.time.limit``). Another addon gives a step a limit by extending
    :meth:`_get_limit_events` and emitting the event where it happens. While no rule is
    active for a model, that costs no query.
    """

    _name = "order.time.limit.mixin"
    _inherit = "order.event.mixin"
    _description = "Record with Time Limits"

    limit_light = fields.Json(
        string="Time Limit",
        compute="_compute_limit_light",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends_context("lang", "tz")
    def _compute_limit_light(self):
        """What falls due first, as a traffic light with words. [SLA-2]"""
        self.limit_light = False
        if lights := self.env["order.time.limit.run"]._draw_lights_of(self):
            for record in self:
                record.limit_light = lights.get(record._origin.id, False)

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:
            self._refresh_limit_responsible()
        if "order_type_id" in vals and self and self._has_limits():
            # see _on_event
            self.env["order.time.limit.run"].sudo()._follow_type(self.sudo())
        if self and vals.keys() & self.env["order.time.limit"]._cap_fields(self._name):
            # see _on_event
            self.env["order.time.limit.run"].sudo()._follow_caps(self.sudo())
        return result

    @api.ondelete(at_uninstall=False)
    def _void_limits_of_deleted(self):
        if self._has_limits():
            # the engine ends what nobody can meet any more
            self.env["order.time.limit.run"].sudo()._void_all(self)

    # -- listening ---------------------------------------------------------------------

    def _has_limits(self):
        """Whether any rule is active for records of this kind. Costs no query."""
        return self._name in self.env["order.time.limit"]._used_models()

    def _on_event(self, code, at):
        """Limits start, end, pause and go on as the rules have it: a limit only tells
        how late something is."""
        super()._on_event(code, at)
        if self._has_limits():
            # clocks are kept by the engine, whoever acts
            self.env["order.time.limit.run"].sudo()._on_event(self.sudo(), code, at)

    @api.model
    def _get_event_labels(self):
        return {
            **super()._get_event_labels(),
            **self._get_limit_events(),
            "met": self.env._("Done in time"),
            "late": self.env._("Late"),
        }

    def _refresh_limit_responsible(self):
        """Look again at who answers for the limits that run on these records."""
        if self and self._has_limits():
            # see _on_event
            self.env["order.time.limit.run"].sudo()._hand_over(self.sudo())

    # -- hooks -------------------------------------------------------------------------

    @api.model
    def _get_limit_events(self):
        """Return ``{code: label}``: the events of which rules are made."""
        return {}

    @api.model
    def _get_limit_voids(self):
        """Return ``{code: start codes or None}``: limits that nobody can meet any more
        once ``code`` happened, by the event that started them; ``None``: all of them.
        """
        return {}

    def _filter_for_limit(self, rule):
        """Return the records to which a rule applies.

        :param dict rule: as ``order.time.limit._compiled_for`` returns it
        """
        types = rule["types"]
        fitting = self.filtered(lambda r: not types or r._get_limit_type().id in types)
        return fitting.filtered_domain(rule["domain"])

    def _get_limit_type(self):
        """Return the order type that decides which rules apply to one record."""
        return self.env["order.type"]

    def _get_limit_owner(self):
        """Return the user in charge of one record."""
        return self.env["res.users"]

    def _get_limit_addressee(self):
        """Return ``(user, department)`` that one record waits for, if it is a seat."""
        return self.env["res.users"], self.env["order.department"]

    def _get_limit_finisher(self):
        """Return the user who did what was waited for on one record, where another
        than the one who answers for it may do it; else nobody."""
        return self.env["res.users"]

    def _get_limit_cap(self, name):
        """Return the day in the field ``name`` of one record, on the company's clock:
        a limit may be bound to end by then."""
        value = self[name]
        if isinstance(value, datetime):
            return self.company_id._calendar_day(value)
        return value

    def _get_limit_document(self):
        """Return ``(model, id, name)`` of the document on whose form limits of one
        record are shown."""
        return self._name, self.id, self.display_name

    @api.model
    def _get_limit_anchor(self):
        """Return the two fields of a running limit by which :attr:`limit_light` finds
        what to show: everything about the document."""
        return "document_model", "document_id"

    def _after_limit_change(self):
        """Called when limits of these records were started, ended, paused, continued
        or reckoned again."""
