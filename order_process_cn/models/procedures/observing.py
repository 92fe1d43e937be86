"""What observed procedures would have asked of orders, and of other documents with a
review, that are under way (PRC-3).

The worker looks, in a transaction of its own: whoever works with an order neither waits
for it nor meets an error of it. It reads as the trial does, see ``trial.py``.
"""

from collections import defaultdict
from datetime import timedelta

from odoo.exceptions import UserError

from ..intake.past_types import find_types
from ..mechanism.engine import take_turns
from .order_event import NOTED
from .trial import Trial

# what happens to an order outside of every procedure; a step that it does not have,
# and the moment by which it would have been taken
SEEN = {"created", "confirmed", "effective", "shipped", "urgent", "not_urgent"}
BY_THEN = {"submitted": "confirmed"}


def look_at_observed(orders):
    """Keep what the procedures that their company observes would have asked of
    ``orders``. Each thing once, however often they are looked at.

    :param orders: of one company, as superuser
    """
    _look(orders, _Observed)


def look_at_observed_documents(documents):
    """Keep who would have had to sign ``documents`` that are no orders, of those that
    were used meanwhile: begun, released, applied.

    :param documents: of one model and company, as superuser
    """
    used = documents.filtered(lambda document: document._is_review_used())
    _look(used.filtered(lambda document: not document.review_id), _ObservedDocuments)


def _look(documents, observed):
    company = documents.company_id
    observations = documents.env["order.observation"]
    if company.id not in observations._companies_observing():
        return
    running = [("company_id", "=", company.id), ("state", "=", "running")]
    for observation in observations.search(running):
        try:
            observed(observation, documents).keep()
        except UserError as error:
            # nobody who works with it is told of that: an administrator is, when it
            # fails again and again
            raise ValueError(str(error)) from error


class _Observed(Trial):
    def __init__(self, observation, orders):
        # what has been switched on meanwhile stops by itself
        parts = observation.part_ids - observation.part_ids._find_on()
        super().__init__(parts, orders)
        self.observation = observation
        self.now = self.env.cr.now()
        self.events = self._read_events()

    def keep(self):
        """Keep what happens to these orders and was not found before."""
        self.orders = self.orders.filtered(
            lambda order: self.events[order.id] and order.state != "cancel"
        )
        rows = self.run()
        if not rows:
            return
        take_turns(self.observation)
        findings = self.env["order.observation.finding"]
        known = findings.search(
            [("observation_id", "=", self.observation.id), *self._get_domain()]
        )
        found = {finding._get_key() for finding in known}
        fresh = {self._get_key(row): row for row in rows}
        findings.create([row for key, row in fresh.items() if key not in found])

    def _get_domain(self):
        """Return what was found of these documents, as a domain."""
        return [("order_id", "in", self.orders.ids), ("document_name", "=", False)]

    @staticmethod
    def _get_key(row):
        about = row.get("document_name") or row["order_id"]
        return about, row["kind"], row["step"], row.get("seat") or ""

    def _read_events(self):
        """Return ``{order id: {code: first moment}}`` since the observation began."""
        events = defaultdict(dict)
        rows = self.env["order.event"]._read_group(
            [
                ("res_model", "=", self.orders._name),
                ("res_id", "in", self.orders.ids),
                ("code", "=", NOTED),
                ("at", ">=", self.observation.since),
            ],
            ["res_id", "detail"],
            ["at:min"],
        )
        for number, code, at in rows:
            events[number][code] = at
        return events

    def run(self):
        """Return the rows of what happens to these orders."""
        self.types = find_types(self.orders)
        self.days = {order: self._find_day(order) for order in self.orders}
        every = self.orders
        # from the confirmation on: what is a draft may still become another order
        self.orders = every.filtered(
            lambda order: order.state == "sale" and "confirmed" in self.events[order.id]
        )
        if self.orders:
            self._add_confirmed()
        shipped = every.filtered(lambda order: "shipped" in self.events[order.id])
        self._add_releases(shipped)
        self._add_late(every)
        self.orders = every
        return self.rows

    def _find_day(self, order, code="confirmed"):
        happened = self.events[order.id]
        at = happened.get(code) or min(happened.values())
        return self.company._calendar_day(at)

    def _add_confirmed(self):
        self.received = self.orders._get_received()
        plans = self._find_plans()
        own = self._find_own("order.review.route")
        self._add_seats({o: plan for o, plan in plans.items() if plan["route"] in own})
        self._add_deposits()
        self._add_gates(self.orders.filtered(lambda order: order in plans))

    def _find_own(self, model):
        return set(self.parts._get_configuration(model).ids)

    def _asks(self, kind, name):
        # what is in force is asked anyhow
        return self.wanted.get((kind.id, name))

    def _add(self, order, kind, step, **values):
        if kind == "never":
            values["reason"] = values.pop("people")
        elif kind == "release":
            values["day"] = self._find_day(order, "shipped")
        self.rows.append(
            {
                "observation_id": self.observation.id,
                **self._identify(order),
                "order_type_id": self.types[order].id,
                "day": self.days[order],
                "kind": kind,
                "step": step,
                **values,
            }
        )

    def _identify(self, order):
        return {"order_id": order.id, "order_name": order.name}

    def _add_deposit(self, order, rule, amount):
        received = self.received[order].total
        missing = self.company.currency_id.compare_amounts(amount, received) > 0
        if missing and rule.id in self._find_own("order.deposit.rule"):
            self._add(
                order,
                "deposit",
                rule.name,
                transition="effect",
                amount=amount,
                amount_received=received,
            )

    # -- what is late ------------------------------------------------------------------

    def _add_late(self, orders):
        """Add the limits that these orders missed, and have those looked at again that
        still run."""
        limits = self.parts._get_configuration("order.time.limit").sudo()  # see try_out
        for limit in limits:
            if (
                limit.res_model == "sale.order"
                and limit.company_id in (self.company, limit.company_id.browse())
                and limit.start_event in SEEN
                and (limit.stop_event in SEEN or limit.stop_event in BY_THEN)
            ):
                self._add_late_of(limit, orders)

    def _add_late_of(self, limit, orders):
        rule = limit._compile()
        stop = BY_THEN.get(rule["stop"], rule["stop"])
        fitting = orders.filtered(
            lambda order: (
                rule["start"] in self.events[order.id]
                and (not rule["types"] or self.types[order].id in rule["types"])
            )
        ).filtered_domain(rule["domain"])
        for order in fitting:
            happened = self.events[order.id]
            due = self._reckon_due(rule, order, happened[rule["start"]])
            done = happened.get(stop)
            if not due:
                continue
            if (done or self.now) > due:
                self._add_late_order(order, limit, due, done)
            elif not done:
                order._mark_for_recheck("observe", at=due + timedelta(minutes=1))

    def _reckon_due(self, rule, order, start):
        cap = rule["cap"] and order._get_limit_cap(rule["cap"])
        runs = self.env["order.time.limit.run"]
        return runs._plan_start(rule, self.company, start, cap).get("due_at")

    def _add_late_order(self, order, limit, due, done):
        spell = self.company._spell_instant
        people = limit.department_id or limit.user_id or order.user_id
        self._add(
            order,
            "late",
            limit.name,
            day=self.company._calendar_day(due),
            people=people.display_name,
            reason=self.env._("due %(due)s", due=spell(due))
            if not done
            else self.env._(
                "due %(due)s, done %(done)s", due=spell(due), done=spell(done)
            ),
        )


class _ObservedDocuments(_Observed):
    """Documents of one other model: only their routes are observed."""

    signed_before = False

    def run(self):
        if not self.orders:
            return []
        self.types = {one: one._get_review_type() for one in self.orders}
        self.days = {one: self._find_day(one) for one in self.orders}
        own = self._find_own("order.review.route")
        plans = self._find_plans()
        self._add_seats({o: plan for o, plan in plans.items() if plan["route"] in own})
        return self.rows

    def _get_domain(self):
        return [
            ("res_model", "=", self.orders._name),
            ("document_name", "in", self.orders.mapped("display_name")),
        ]

    def _identify(self, order):
        # here it is a document of another model
        cause = _find_order(order)
        return {
            "order_id": cause.id,
            "order_name": cause.name or order.display_name,
            "res_model": order._name,
            "document_name": order.display_name,
        }


def _find_order(document):
    """Return the sales order that a document is about, or none."""
    if document._name == "mrp.production":
        return document._get_sale_orders()[:1]
    field = document._fields.get("order_id")
    orders = document.env["sale.order"]
    return document.order_id if field and field.comodel_name == orders._name else orders
