from ast import literal_eval
from datetime import datetime

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime


class OrderReviewRoute(models.Model):
    """Which routes are never reached because others come first (REV-1)."""

    _inherit = "order.review.route"

    never_reached = fields.Text(
        compute="_compute_reach",
        help="Other routes come first and take every document that this one would "
        "take.",
    )
    takes_everything_of = fields.Text(
        compute="_compute_reach",
        help="Routes that are never reached because this one comes first.",
    )

    @api.depends(
        "active", "sequence", "company_id", "res_model", "order_type_ids", "domain"
    )
    @api.depends_context("lang", "tz", "allowed_company_ids")
    def _compute_reach(self):
        # a list that shows what is switched off must not count it
        on = self.env["order.review.route"].search(
            [
                ("active", "=", True),
                ("res_model", "in", list(set(self.mapped("res_model")))),
            ]
        )
        for route in self:
            rivals = [rival for rival in on if rival != route._origin]
            route.never_reached = route._spell_never_reached(rivals)
            route.takes_everything_of = route._spell_taken(rivals)

    def _spell_never_reached(self, rivals):
        """Return in words why no document takes this route, or ``False``."""
        first = self._find_covering(rivals)
        if not first:
            return False
        names = self._spell_routes(first)
        since = max(route.in_force_since or datetime.min for route in first)
        if not self.active:
            return self.env._(
                "Would never be reached: %(first)s comes first.", first=names
            )
        if not self.in_force_since or self.in_force_since >= since:
            return self.env._("Never reached: %(first)s comes first.", first=names)
        return self.env._(
            "Never reached by documents begun since %(moment)s: %(first)s comes first.",
            moment=format_datetime(self.env, since, dt_format="short"),
            first=names,
        )

    def _spell_taken(self, rivals):
        """Return in words from which routes this one takes every document, or
        ``False``."""
        taken = []
        for route in rivals:
            others = [rival for rival in rivals if rival != route]
            if self in route._find_covering([*others, self]):
                taken.append(route)
        if not taken:
            return False
        names = self._spell_routes(taken)
        if self.active:
            return self.env._("Comes first and leaves nothing to %s.", names)
        return self.env._(
            "Once it is switched on, it comes first and leaves nothing to %s.", names
        )

    def _spell_routes(self, routes):
        return ", ".join(
            self.env._("“%s”", route.name or self.env._("New")) for route in routes
        )

    def _find_covering(self, rivals):
        """Return the routes that together take every document that this one would
        take and come before it, or an empty list. Claims nothing that cannot be seen
        from the filters: whatever is not certain counts as reached."""
        self.ensure_one()
        before = sorted(
            (rival for rival in rivals if rival._comes_before(self)),
            key=lambda route: route._place(),
        )
        wide = [rival for rival in before if rival._is_wider_than(self)]
        own = self._read_types()
        for rival in wide:
            theirs = rival._read_types()
            if not theirs or (own and own <= theirs):
                return [rival]
        if own and own <= set().union(*(rival._read_types() for rival in wide)):
            return [rival for rival in wide if rival._read_types() & own]
        return []

    def _place(self):
        """Return where this route stands; one that is not saved is the youngest."""
        return (self.sequence, self._origin.id or float("inf"))

    def _comes_before(self, route):
        return self._place() < route._place()

    def _is_wider_than(self, route):
        """Whether company and condition let through whatever those of ``route`` do."""
        if self.res_model != route.res_model:
            return False
        if self.company_id and self.company_id != route.company_id:
            return False
        return self._read_terms() <= route._read_terms()

    def _read_types(self):
        # archived types too: none at all would mean every type
        return set(self.with_context(active_test=False).order_type_ids._origin.ids)

    def _read_terms(self):
        """Return the conditions that must all hold, as a set of texts."""
        try:
            condition = Domain(literal_eval(self.domain or "[]"))
        except (ValueError, SyntaxError):
            return {self.domain}  # half typed: only the same text is the same
        if condition.is_true():
            return set()
        every = getattr(condition, "OPERATOR", "") == "&"
        return {repr(part) for part in (condition.children if every else [condition])}

    @api.onchange("active", "order_type_ids", "domain", "sequence", "res_model")
    def _onchange_reach(self):
        """Say at once what a switch in the list does to the other routes."""
        message = self.never_reached or self.takes_everything_of
        if not self.active or not message:
            return None
        return {
            "warning": {
                "title": self.env._("Order of the Routes"),
                "message": message,
                "type": "notification",
            }
        }
