"""What a procedure would have done to orders of the past (PRC-2).

Nothing is written: routes, rules and windows are read as if they were in force, on the
orders as they are now, whole sets at a time.
"""

from datetime import timedelta

from ..intake.past_types import find_types
from .order_procedure_picture import GATES

# how far ahead of the last order an issue day is looked for
AHEAD = 60
# what may happen to an order
OUTCOMES = [
    ("sign", "Would be signed"),
    ("never", "Could never be signed"),
    ("deposit", "Waits for a deposit"),
    ("window", "Waits for the issue day"),
    ("gate", "Waits for a confirmation"),
    ("release", "Waits for a shipping release"),
]
# the steps before which it happens
TRANSITIONS = [
    ("send", "Sending of the Quotation"),
    ("confirm", "Confirmation of the Order"),
    ("effect", "Beginning of Production"),
    ("ship", "Leaving of the Goods"),
]
# what a type may ask for -> the step before which it is asked
STEP_OF_GATE = {
    **dict.fromkeys(GATES, "effect"),
    "reviews_before_sending": "send",
    "requires_return": "confirm",
    "checks_capacity": "confirm",
}


def try_out(procedure, orders):
    """Return one dictionary for each thing that would have happened to ``orders``: who
    signs, what could never be signed, and what is waited for.

    :param orders: of one company; read as superuser, for conditions may ask for what
        the reader does not see
    :return: values of ``order.procedure.trial.line`` without its trial
    """
    return Trial(procedure.part_ids, orders).run()


class Trial:
    """What parts of procedures would do to orders.

    :ivar rows: one dictionary for each thing that would have happened
    :cvar signed_before: the step that signatures stand before
    """

    signed_before = "confirm"

    def __init__(self, parts, orders):
        self.parts = parts
        # see try_out
        self.orders = orders.sudo()
        self.env = self.orders.env
        self.company = self.orders.company_id[:1]
        self.rows = []
        self.signers = {}
        self.wanted = self._find_wanted()

    def run(self):
        if not self.orders:
            return []
        self.types = find_types(self.orders)
        self.days = {
            order: self.company._calendar_day(order.date_order) for order in self.orders
        }
        plans = self._find_plans()
        self._add_seats(plans)
        reviewed = self.orders.filtered(lambda order: order in plans)
        self._add_deposits()
        self._add_gates(reviewed)
        self._add_releases(self.orders)
        for order in self.orders - reviewed:
            self._add(order, "none", self.env._("No review"))
        return self.rows

    def _add(self, order, kind, step, **values):
        self.rows.append(
            {
                "order_id": order.id,
                "partner_id": order.partner_id.id,
                "order_type_id": self.types[order].id,
                "day": self.days[order],
                "kind": kind,
                "step": step,
                **values,
            }
        )

    # -- who signs ---------------------------------------------------------------------

    def _find_plans(self):
        """Return ``{order: compiled route}``: the first that fits, what is in force and
        what the procedure would add."""
        Route = self.env["order.review.route"]
        # see try_out
        own = self.parts._get_configuration("order.review.route").sudo()
        own = own.filtered(
            lambda route: (
                route.res_model == self.orders._name
                and route.company_id in (self.company, route.company_id.browse())
            )
        )
        live = Route.browse(Route._ids_for(self.orders._name, self.company.id))
        plans, left = {}, self.orders
        for route in (own | live).sorted(lambda route: (route.sequence, route.id)):
            plan = route._compiled()
            kinds = plan["types"]
            fitting = left.filtered(
                lambda order, kinds=kinds: not kinds or self.types[order].id in kinds
            ).filtered_domain(plan["domain"])
            plans.update(dict.fromkeys(fitting, plan))
            left -= fitting
        return plans

    def _add_seats(self, plans):
        Review = self.env["order.review"]
        documents = self.orders.filtered(lambda order: order in plans)
        held = Review._held_seats(documents, plans)
        for order in documents:
            plan = plans[order]
            route = {"route_id": plan["route"]}
            for stage in plan["stages"]:
                if stage["opens"] != "always":
                    continue
                name = Review._text(stage["name"])
                for position, seat in enumerate(stage["seats"]):
                    if (stage["no"], position) not in held[order]:
                        continue
                    people, reason = self._find_signers(order, plan, seat)
                    self._add(
                        order,
                        "sign" if people else "never",
                        name,
                        transition=self.signed_before,
                        seat=Review._text(seat["name"]),
                        people=people or reason,
                        **route,
                    )

    def _find_signers(self, order, plan, seat):
        """Return the names of those who could sign, and why nobody can."""
        if seat["source"] == "chosen":
            return self.env._("whom the submitter chooses"), ""
        Task = self.env["order.review.task"]
        values = Task._address(seat, order, None)
        barred = order.create_uid.id if plan["submitter_policy"] == "forbid" else False
        key = (repr(sorted(values.items())), barred)
        if key not in self.signers:
            review = Task.review_id.new({"company_id": self.company.id})
            able = Task._candidates_of(values, review)
            names = self.env["res.users"]._names_of(able - {barred})
            reason = ""
            if not able:
                reason = Task._explain_nobody(values, self.company, seat, order).reason
            elif not names:
                reason = self.env._("only whoever entered the order could sign")
            self.signers[key] = (", ".join(sorted(names.values())), reason)
        return self.signers[key]

    # -- what is waited for ------------------------------------------------------------

    def _add_deposits(self):
        Rule = self.env["order.deposit.rule"]
        own = self.parts._get_configuration("order.deposit.rule").sudo()  # as above
        live = Rule.browse(
            plan["rule"] for plan in Rule._compiled_rules(self.company.id)
        )
        left = self.orders
        for rule in (own | live).sorted(lambda rule: (rule.sequence, rule.id)):
            plan = rule._compile()
            kinds, plan = plan["types"], plan | {"types": frozenset()}
            fitting = left.filtered(
                lambda order, kinds=kinds, plan=plan: (
                    (not kinds or self.types[order].id in kinds)
                    and Rule._fits(plan, order)
                )
            )
            for order in fitting:
                amount = rule._amount_for(order) / (order.currency_rate or 1.0)
                self._add_deposit(order, rule, amount)
            left -= fitting

    def _add_deposit(self, order, rule, amount):
        """Add that an order would have waited for ``amount``, in company currency."""
        self._add(order, "deposit", rule.name, transition="effect", amount=amount)

    def _add_gates(self, orders):
        """Add what the types ask for and the issue days, of what is reviewed."""
        opening = {}
        for kind in self.env["order.type"].union(*self.types.values()):
            window = self._asks(kind, "issue_window_id")
            if window and orders:
                first = min(self.days.values())
                last = max(self.days.values()) + timedelta(days=AHEAD)
                days = sorted(window._opens_on(self.company, first, last))
                opening[kind] = (window, days)
        for order in orders:
            kind = self.types[order]
            for name, transition in STEP_OF_GATE.items():
                if self._asks(kind, name):
                    label = kind._fields[name]._description_string(self.env)
                    self._add(order, "gate", label, transition=transition)
            if kind in opening and not opening[kind][0]._lets_through(order):
                self._add_issue_day(order, *opening[kind])

    def _add_releases(self, orders):
        """Add which of these orders had goods leave that need a release."""
        asking = orders.filtered(
            lambda order: self._asks(self.types[order], "asks_shipping_release")
        )
        label = self.env["order.type"]._fields["asks_shipping_release"]
        step = label._description_string(self.env)
        for order in asking:
            if any(line.qty_delivered > 0 for line in order.order_line):
                self._add(order, "release", step, transition="ship")

    def _asks(self, kind, name):
        """Return what a type would ask for in the field ``name``."""
        return self.wanted.get((kind.id, name), kind[name])

    def _find_wanted(self):
        """Return ``{(type id, field): value}`` that the parts set."""
        parts = self.parts.filtered(
            lambda part: part.role == "set" and part.res_model == "order.type"
        )
        records = parts._get_records()
        return {
            # what the procedure itself would set, for who may try it
            (part.res_id, part.field_name): part._get_value(records[part].sudo())
            for part in parts
            if records[part]
        }

    def _add_issue_day(self, order, window, days):
        day = self.days[order]
        later = [opening for opening in days if opening >= day]
        waits = (later[0] - day).days if later else AHEAD
        if waits:
            self._add(
                order, "window", window.name, transition="effect", wait_days=waits
            )
