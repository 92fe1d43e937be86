from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import hash_chain, stage_rules
from ...tools.canonical import digest
from ...tools.review_states import APPROVED, DECLINED, RUNNING


class OrderReview(models.Model):
    """How reviews move: start, open what is next, refuse, resume, finish.

    Every method works on a set: what is decided per review in memory is written for
    all of them at once.
    """

    _inherit = "order.review"

    # -- starting -------------------------------------------------------------------

    @api.model
    def _start(self, documents, chosen=None, known=None):
        """Begin a review on each document, along the route that applies to it.

        :param documents: superuser recordset of one model, each with a route
        :param dict chosen: ``{seat id: user id}`` for seats the submitter fills
        :param known: see ``_collect_review_facts``
        :return: the new reviews
        :raise UserError: naming every seat that has nobody to sign
        """
        routes = documents._get_review_routes()
        plans = {document: routes[document]._compiled() for document in documents}
        facts = documents._collect_review_facts(known)
        first_records, starts = [], []
        for document in documents:
            start = self._prepare_start_values(
                document, plans[document], facts[document]
            )
            record = self._chain(
                {
                    "act": "submit",
                    "number": 1,
                    "round": start["round"],
                    "details": self._frame_of(start),
                },
                start["head"],
            )
            first_records.append(record)
            starts.append({**start, "head": record["hash"], "record_count": 1})
        reviews = self._reserve(starts)
        seats = reviews._prepare_seats(documents, plans, chosen or {})
        tasks = reviews._write_started(starts, first_records, seats)
        for review, document in zip(reviews, documents, strict=True):
            document._write_review({"review_id": review.id, "review_state": RUNNING})
        documents._after_review(RUNNING)
        reviews._advance(tasks)
        return reviews

    def _prepare_start_values(self, document, plan, facts):
        previous = document.review_id
        return {
            "res_model": document._name,
            "res_id": document.id,
            "state": RUNNING,
            **document._get_review_summary(),
            "route_id": plan["route"],
            "previous_id": previous.id,
            "round": previous.round + 1,
            "head": previous.head or hash_chain.GENESIS,
            "submitter_id": self.env.uid,
            "submitted_at": fields.Datetime.now(),
            "plan": plan,
            "facts": facts,
            "digest": digest(facts),
        }

    def _prepare_seats(self, documents, plans, chosen):
        """Return the values of the seats of every review; raise if one of them has no
        candidate."""
        Task = self.env["order.review.task"]
        held = self._held_seats(documents, plans)
        vals_list, problems = [], []
        for review, document in zip(self, documents, strict=True):
            plan = plans[document]
            for stage in plan["stages"]:
                for position, seat in enumerate(stage["seats"]):
                    vals = Task._prepare_values(
                        review, plan, document, stage, seat, chosen
                    )
                    vals["position"] = position
                    if (stage["no"], position) not in held[document]:
                        vals["state"] = "skipped"
                    elif not Task._candidates_of(vals, review):
                        problems.append((document, stage, seat, vals))
                    vals_list.append(vals)
        if problems:
            raise UserError(self._nobody_message(problems))
        self._open_first(vals_list, plans, documents)
        return vals_list

    def _open_first(self, vals_list, plans, documents):
        """Make the seats of the first stage open, which saves writing them again."""
        by_review = defaultdict(list)
        for vals in vals_list:
            by_review[vals["review_id"]].append(vals)
        for review, document in zip(self, documents, strict=True):
            own = by_review[review.id]
            first = min(
                (vals["stage_no"] for vals in own if "state" not in vals), default=None
            )
            if first is None:
                continue
            stage = plans[document]["stages"][first]
            here = [v for v in own if v["stage_no"] == first and "state" not in v]
            seats = [
                stage_rules.Seat(key, "waiting", vals["sequence"])
                for key, vals in enumerate(here)
            ]
            if stage["opens"] == "always":
                for key in stage_rules.ready_to_open(stage, seats):
                    here[key] |= {"state": "open", "opened_at": fields.Datetime.now()}

    @api.model
    def _held_seats(self, documents, plans, amounts=None):
        """Return ``{document: {(stage no, position), …}}``: the seats whose conditions
        hold now. One evaluation per distinct condition, whatever the number.

        :param dict amounts: ``{document: amount}`` where it is not to be taken anew
        """
        memo, amounts = {}, amounts or {}

        def matching(item):
            key = (repr(item["domain"]), item["amount_from"])
            if key not in memo:
                found = documents.filtered_domain(item["domain"])
                if limit := item["amount_from"]:
                    found = found.filtered(
                        lambda document: (
                            amounts.get(document, document._get_review_amount())
                            >= limit
                        )
                    )
                memo[key] = set(found.ids)
            return memo[key]

        return {
            document: {
                (stage["no"], position)
                for stage in plans[document]["stages"]
                if document.id in matching(stage)
                for position, seat in enumerate(stage["seats"])
                if document.id in matching(seat)
            }
            for document in documents
        }

    # -- moving on ------------------------------------------------------------------

    def _advance(self, tasks):
        """Move the running reviews as far as the decisions on their seats carry them.

        :param tasks: all seats of these reviews
        """
        running = reviews = self.filtered(lambda review: review.state == RUNNING)
        while reviews:
            own = tasks.grouped("review_id")
            none = tasks.browse()
            steps = [review._next_step(own.get(review, none)) for review in reviews]
            reviews = self._take_steps(reviews, steps, tasks)
        moved = tasks._filter_to_notice().review_id | running._bar_signers(tasks)
        (running & moved)._mark_for_notices()
        # a notice only, for there is nothing to be done
        approved = running.filtered(lambda review: review.state == APPROVED)
        (approved - moved)._mark_for_notices(soon=False)

    def _take_steps(self, reviews, steps, tasks):
        """Carry out ``steps``; return the reviews that may move on once more."""
        none = tasks.browse()
        none.concat(*(close for *_rest, close in steps))._close("closed")
        opened = none.concat(*(turn for _verdict, _stage, turn, _close in steps))
        opened._open()
        by_verdict = {"open": self.browse(), "refused": self.browse()}
        approved = self.browse()
        again = self.browse()
        for review, (verdict, stage, _turn, _close) in zip(reviews, steps, strict=True):
            if verdict == "approved":
                approved += review
                continue
            by_verdict[verdict] += review
            if review.stage_no != stage["no"]:
                review.stage_no = stage["no"]
            if verdict == "refused" and stage["return_to"] is not None:
                review._send_back(tasks, stage, stage["return_to"], stage["resume"])
                again += review
        approved._finish(APPROVED)
        (by_verdict["refused"] - again)._withhold(DECLINED, tasks)
        self._wait_behind(by_verdict["open"], tasks)
        return again + opened._count_again().review_id

    def _wait_behind(self, reviews, tasks):
        """Close the doors behind a stage that was opened again."""
        ids = set(reviews.ids)
        tasks.filtered(
            lambda task: (
                task.state == "open"
                and task.review_id.id in ids
                and task.stage_no > task.review_id.stage_no
            )
        )._wait()

    def _finish(self, state):
        if self:
            self.write({"state": state, "closed_at": fields.Datetime.now()})
            self._publish_state()

    def _publish_state(self):
        """Copy the state to the documents, where lists filter and group by it."""
        for state, reviews in self.grouped("state").items():
            ids = set(reviews.ids)
            for documents in reviews._documents().values():
                documents.fetch(documents._get_outcome_fields())
                current = documents.filtered(
                    lambda document, ids=ids: document.review_id.id in ids
                )
                current._write_review({"review_state": state})
                current._after_review(state)

    # -- sending back, resuming, ending ---------------------------------------------

    def _send_back(self, tasks, stage, target, resume):
        """Ask an earlier stage again.

        :param target: number of the earlier stage
        :param resume: "continue" goes on at ``stage`` afterwards, "rerun" asks every
            stage from the target on again
        """
        self.ensure_one()
        again = tasks.filtered(
            lambda task: (
                task.review_id == self
                and (
                    task.stage_no == target
                    or (resume == "rerun" and target < task.stage_no <= stage["no"])
                    or (
                        task.stage_no == stage["no"]
                        and task.state in {"declined", "open"}
                    )
                )
            )
        )
        if numbers := again._numbers_decided():
            self._note("again", again=numbers)
        again._ask_again()

    def _withhold(self, state, tasks):
        """Stop asking: the document is with the submitter, or the review is over."""
        if not self:
            return
        tasks.filtered(
            lambda task: task.review_id in self and task.state == "open"
        )._wait()
        self.write({"state": state, "closed_at": fields.Datetime.now()})
        self._publish_state()
        self._mark_for_notices()

    def _resume(self):
        """Begin the next round of declined reviews: what was said stays, what the
        stage asks for again is asked again."""
        tasks = self._lock_with_tasks()
        entries = []
        for review in self:
            stage = review._get_plan()["stages"][review.stage_no]
            again = tasks.filtered(
                lambda task, review=review, stage=stage: (
                    task.review_id == review
                    and (
                        stage["resume"] == "rerun"
                        or (task.stage_no == stage["no"] and task.state == "declined")
                    )
                )
            )
            details = {"again": again._numbers_decided()}
            entries.append((review, {"act": "submit", "details": details}))
            again._ask_again()
            review.write(
                {
                    "state": RUNNING,
                    "round": review.round + 1,
                    "submitter_id": self.env.uid,
                    "submitted_at": fields.Datetime.now(),
                    "closed_at": False,
                }
            )
        self._record(entries)
        for review in self:
            own = tasks.filtered(lambda task, review=review: task.review_id == review)
            review._bar_submitters(own)
        self._publish_state()
        self._sync_facts(tasks)
        self._advance(tasks)

    def _end(self, state, act, reason=""):
        """End reviews for good: withdrawn, cancelled, terminated or outdated."""
        alive = self.filtered(
            lambda review: review.state in {RUNNING, APPROVED, DECLINED}
        )
        tasks = alive._lock_with_tasks()
        alive._record([(review, {"act": act, "opinion": reason}) for review in alive])
        alive._withhold(state, tasks)
        alive._tell_amended()
