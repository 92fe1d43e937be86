from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models

from ...tools.hash_chain import short_code
from ...tools.review_states import RUNNING
from ..mechanism.engine import public_act
from ..review.order_review_limit_mixin import ENDED


class Board(NamedTuple):
    """What the form of a document shows of its review, and what the reader may do."""

    panel: dict | bool
    acts: frozenset


class OrderReview(models.Model):
    """The picture of a review on the form: stages, seats, people, decisions, time.

    Drawn for the reader in two queries, whatever the number of seats.
    """

    _inherit = "order.review"

    @api.model
    def _draw_boards(self, documents):
        """Return ``{document: Board}`` for the current user."""
        reviews = documents.review_id
        tasks = reviews._load_tasks() if reviews else self.env["order.review.task"]
        # whose review has ended will be asked anew, as what was never submitted
        fresh = documents.filtered(
            lambda d: (
                (not d.review_id or d.review_id.state in ENDED)
                and d._may_start_review()
            )
        )
        routes = {d: route for d, route in fresh._get_review_routes().items() if route}
        shown = documents.filtered(lambda d: d.review_id or d in routes)
        names = self.env["res.users"]._names_of(self._people_on(tasks, shown, routes))
        boards, cards = {}, reviews._filtered_with_cards(documents)
        for document in documents:
            if review := document.review_id:
                own = tasks.filtered(lambda task, r=review: task.review_id == r)
                acts = review._acts_of(self.env.user, own)
                panel = review._draw(own, names)
                if review in cards:  # drawn afterwards: the form does not wait
                    panel["cards"] = review.id
                if document in routes:
                    coming = self._draw_preview(document, routes[document], names)
                    panel |= {"stages": coming["stages"], "coming": True}
                boards[document] = Board(panel | {"acts": sorted(acts)}, acts)
            elif document in routes:
                boards[document] = Board(
                    self._draw_preview(document, routes[document], names),
                    frozenset({"submit"} if document._may_submit() else ()),
                )
            else:
                boards[document] = Board(False, frozenset())
        return boards

    # -- what else whoever signs looks at ----------------------------------------------

    @public_act
    def draw_cards(self):
        """Return what else whoever signs has to look at, drawn for the caller: a list
        of HTML, asked for by the panel once it is shown.

        :raise AccessError: the caller may not read the review or its document
        """
        self.ensure_one()
        self.check_access("read")
        document = self._document().with_env(self.env)
        document.check_access("read")
        # what is drawn is told to whoever signs, also without his rights
        return self._get_cards(document.sudo())

    def _filtered_with_cards(self, documents):
        """Return those of these reviews that have cards; must not ask the database for
        documents that have none.

        :param documents: those that are reviewed
        """
        return self.browse()

    def _get_cards(self, document):
        """Return the cards of one review.

        :param document: superuser record; the caller may read it
        """
        return []

    # -- people ------------------------------------------------------------------------

    @api.model
    def _people_on(self, tasks, documents, routes):
        """Return the ids of everybody whose name may be shown."""
        people = set(tasks.decided_by_id.ids) | set(tasks.user_id.ids)
        for company in documents.company_id:
            for head, members in (
                self.env["order.department"]._rosters(company.id).values()
            ):
                people |= {head, *members}
        for document, route in routes.items():
            people |= {user.id for user in document._get_review_people().values()}
            for stage in route._compiled()["stages"]:
                people |= {seat["user"] for seat in stage["seats"]}
        return people - {False}

    # -- a review that runs or has run -------------------------------------------------

    def _draw(self, tasks, names):
        self.ensure_one()
        by_stage = defaultdict(list)
        for task in tasks:
            if task.state not in {"skipped", "removed"}:
                by_stage[task.stage_no].append(task)
        return {
            "state": self.state,
            "round": self.round,
            "code": short_code(self.head),
            "stages": [
                self._draw_stage(stage, by_stage[stage["no"]], names)
                for stage in self._get_plan()["stages"]
                if by_stage[stage["no"]]
            ],
            "amendments": self._draw_amendments(),
        }

    def _draw_stage(self, stage, tasks, names):
        decided = sum(task.state in {"agreed", "declined"} for task in tasks)
        current = self.state == RUNNING and any(task.state == "open" for task in tasks)
        return {
            "name": self._text(stage["name"]),
            "mode": stage["mode"],
            "decided": decided,
            "total": len(tasks),
            "current": current,
            "ruling": stage["opens"] == "refusal",
            "seats": [self._draw_seat(task, names) for task in tasks],
        }

    def _draw_seat(self, task, names):
        seat = {
            "id": task.id,
            "name": self._text(task.names),
            "state": task.state,
            "decision": task.decision or "",
            "mine": task.state == "open" and not task._refusal(self.env.user),
        }
        if task.signature_id:
            seat |= {
                "people": names.get(task.decided_by_id.id, ""),
                "actor": task.actor_name or "",
                "opinion": task.opinion or "",
                "conditions": task.conditions or "",
                "answers": self.env["order.review.question"]._spell(task.answers),
                "date": fields.Datetime.to_string(task.decided_at),
                "medium": task.medium,
            }
            return seat
        seat["people"] = self._waiting_people(
            self.company_id.id, task._address_values(), names
        )
        if task.voided_by_id:
            seat["void"] = self._draw_void(task.voided_by_id)
        return seat

    def _draw_void(self, record):
        changes = record.details.get("changes", [])
        return {
            "by": record.signer_name or "",
            "date": fields.Datetime.to_string(record.date),
            "changes": [self._spell_change(change) for change in changes],
        }

    @api.model
    def _waiting_people(self, company_id, address, names):
        """Return whom a seat waits for, in words; ``address`` as of ``_address``."""
        if address.get("user_id"):
            return names.get(address["user_id"], "")
        rosters = self.env["order.department"]._rosters(company_id)
        head, members = rosters.get(address.get("department_id"), (False, ()))
        people = [head] if address.get("is_head_only") else list(members)
        barred = self.env["order.review.task"]._barred_of(address)
        return ", ".join(names[p] for p in people if p in names and p not in barred)

    # -- what the reader may do --------------------------------------------------------

    def _acts_of(self, user, tasks):
        """Return the names of the acts that would work for ``user`` now."""
        self.ensure_one()
        acts = {"comment", "copy", "print"}
        if self.state == RUNNING:
            acts |= {"urge"}
            if user.has_group("order_process_cn.order_group_registrar"):
                acts.add("register")
            if any(not task._refusal(user) for task in tasks):
                acts |= {"sign", "hand"}
            if not self._withdrawal_refusal(user):
                acts.add("withdraw")
        decided = [task for task in tasks if task.decided_by_id.id == user.id]
        added = [task for task in tasks if task.added_by_id.id == user.id]
        acts |= {
            act
            for act, own in (
                ("take_back", decided),
                ("contest", decided),
                ("remove", added),
            )
            if any(task._is_up_to(act, user) for task in own)
        }
        ended = self.state not in {RUNNING, "approved"}
        if ended and self._document()._may_submit():
            acts.add("submit")
        return frozenset(acts)

    # -- a review that has not begun ---------------------------------------------------

    @api.model
    def _preview(self, document, route):
        """Return the picture of ``route`` on one document, for the route editor."""
        names = self.env["res.users"]._names_of(
            self._people_on(self.env["order.review.task"], document, {document: route})
        )
        # seats and stages are drawn, nothing of the document is told
        return self._draw_preview(document.sudo(), route, names)

    @api.model
    def _draw_preview(self, document, route, names):
        """Return the way a document will take, with names, before it is submitted."""
        plan = route._compiled()
        held = self._held_seats(document, {document: plan})[document]
        stages = []
        for stage in plan["stages"]:
            seats = [
                self._draw_coming_seat(document, seat, names)
                for position, seat in enumerate(stage["seats"])
                if (stage["no"], position) in held
            ]
            if seats and stage["opens"] == "always":
                stages.append(
                    {
                        "name": self._text(stage["name"]),
                        "mode": stage["mode"],
                        "decided": 0,
                        "total": len(seats),
                        "current": False,
                        "ruling": False,
                        "seats": seats,
                    }
                )
        return {
            "state": "preview",
            "round": 0,
            "code": "",
            "stages": stages,
            "acts": [],
        }

    @api.model
    def _draw_coming_seat(self, document, seat, names):
        address = self.env["order.review.task"]._address(seat, document, None)
        return {
            "id": 0,
            "name": self._text(seat["name"]),
            "state": "preview",
            "decision": "",
            "people": self._waiting_people(document.company_id.id, address, names),
            "mine": False,
        }
