from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import arguments, hash_chain
from ...tools.canonical import digest
from ...tools.review_states import RUNNING, STATE_OF
from ..mechanism.engine import public_act


class OrderReviewTask(models.Model):
    """What is done to a seat. The public methods check as the caller, then write as
    superuser; nobody has more than read access to the rows."""

    _inherit = "order.review.task"

    # -- the state of a seat ----------------------------------------------------------

    @api.model
    def _prepare_values(self, review, plan, document, stage, seat, chosen):
        """Return the values of the task for one seat, addressed to its signer."""
        chosen_id = chosen.get(seat["seat"])
        values = {
            "review_id": review.id,
            "company_id": review.company_id.id,
            "stage_no": stage["no"],
            "sequence": seat["sequence"],
            "seat_id": seat["seat"],
            "names": seat["name"],
            "asks_for_more": bool(
                stage["opinion"] or stage["drawing"] or stage["questions"]
            ),
            **self._address(seat, document, chosen_id),
        }
        policy = plan["submitter_policy"]
        if policy != "allow":
            values["barred_user_id"] = review.submitter_id.id
            earlier = review._earlier_submitters()
            values["barred_later"] = sorted(earlier) or False
        if policy == "head":
            barred = self._barred_of(values)
            values |= self._address_to_head(review, values, barred)
        return values

    def _open(self):
        self.write(
            {
                "state": "open",
                "opened_at": fields.Datetime.now(),
                "is_announced": False,
            }
        )
        self._emit("opened")

    def _wait(self):
        self.write({"state": "waiting"})
        self._emit("waiting")

    def _close(self, state):
        self.write({"state": state})
        self._emit("closed")

    def _numbers_decided(self):
        """Return the numbers of the records by which these seats are decided."""
        return self.signature_id.sorted("number").mapped("number")

    def _ask_again(self, voided_by=None):
        """Forget what was decided here; the records keep it, and say that it counts no
        more: the caller records that."""
        self.filtered(lambda task: task.state not in {"skipped", "removed"}).write(
            {
                "state": "waiting",
                "decision": False,
                "signature_id": False,
                "decided_by_id": False,
                "decided_at": False,
                "opinion": False,
                "conditions": False,
                "answers": False,
                "medium": False,
                "actor_name": False,
                "returned": not voided_by,
                "voided_by_id": voided_by.id if voided_by else False,
            }
        )
        self._emit("waiting")

    # -- signing ----------------------------------------------------------------------

    def _refusal(self, user):
        """Return why ``user`` cannot decide this seat now, or ``False``."""
        self.ensure_one()
        if self.review_id.state != RUNNING:
            return self.env._("The review is not running.")
        if self.state in {"agreed", "declined"}:
            return self.env._("This seat has been decided.")
        if self.state != "open":
            return self.env._(
                "It is not the turn of this seat: another one comes first, or has to "
                "sign again because something changed."
            )
        if self._capacity(user):
            return False
        if self._has_signed(user):
            return self._spell_once()
        if self._is_barred(user.id):
            return self.env._("You submitted it and cannot sign it yourself.")
        return self.env._("This seat is not yours to sign.")

    def _refusals(self, user):
        """Return ``{seat: reason}`` for those of these seats that ``user`` cannot
        decide now, all of them in one act."""
        reasons = {task: task._refusal(user) for task in self}
        free = self.filtered(lambda task: not reasons[task])
        for task in free - free._first_of_each():
            reasons[task] = self._spell_once()
        return {task: reason for task, reason in reasons.items() if reason}

    @public_act
    @arguments.checked(
        decision=arguments.text,
        seen=arguments.shown,
        opinion=arguments.text,
        conditions=arguments.text,
        drawing=arguments.picture,
        answers=arguments.by_id(
            arguments.fields_of(answer=arguments.text, note=arguments.text)
        ),
    )
    def action_sign(
        self, decision, seen, opinion="", conditions="", drawing=False, answers=None
    ):
        """Decide these seats as the current user.

        :param str decision: "agree", "conditional" or "decline"
        :param seen: fingerprint of the facts the signer was shown, or a dictionary
            ``{review id: fingerprint}``
        :param str opinion: required for a refusal, and where the stage asks for it
        :param str conditions: required for "conditional"
        :param drawing: drawn signature, base64 PNG
        :param dict answers: ``{question id: {"answer": …, "note": …}}``, where the
            stage asks questions
        :raise UserError: listing everything that stands in the way; nothing is done

        [REV-3] [CSN-1] [SEC-2]
        """
        tasks = self._enter()
        tasks.review_id._lock_to_sign()
        return tasks._sign(decision, seen, opinion, conditions, drawing, answers)

    def _sign(
        self,
        decision,
        seen,
        opinion="",
        conditions="",
        drawing=False,
        answers=None,
        facts=None,
    ):
        """As :meth:`action_sign`, by whoever has read what a client sent and has locked
        the reviews of these seats.

        :param facts: ``{document: its facts}``, if they have just been read
        """
        reviews, answers = self.review_id, answers or {}
        all_tasks = reviews._load_tasks()
        facts = reviews._current_facts(facts)
        self._check_decision(
            decision,
            {
                "opinion": opinion,
                "conditions": conditions,
                "drawing": drawing,
                "answers": answers,
            },
        )
        self._check_seen(seen, facts)
        reviews._sync_facts(all_tasks, facts)
        values = {"opinion": opinion, "conditions": conditions}
        if answers:
            values["answers"] = answers
        if drawing:
            values |= {
                "drawing": drawing,
                "details": {"drawing": hash_chain.fingerprint(drawing)},
            }
        self._decide(decision, facts, values)
        reviews._advance(all_tasks)
        return True

    def _sign_each(self, decision, seen, given):
        """Decide many seats, each for itself; return what failed, as text.

        One act for all of them; only when that fails, halves, so that one bad record
        never stops the others.
        """
        if not self:
            return ""
        try:
            with self.env.cr.savepoint():
                self.action_sign(decision, seen, **given)
            return ""
        except UserError as error:
            if len(self.review_id) <= 1:
                return str(error)
            reviews = self.review_id
            half = reviews[: len(reviews) // 2]
            first = self.filtered(lambda task: task.review_id in half)
            texts = [
                first._sign_each(decision, seen, given),
                (self - first)._sign_each(decision, seen, given),
            ]
            return "\n".join(text for text in texts if text)

    def _summarize(self):
        """Return what a signer needs to know about this seat, for a small screen."""
        self.ensure_one()
        review = self.review_id
        return {
            "id": self.id,
            "document": review.document_name,
            "customer": review.partner_id.display_name or "",
            "type": review.order_type_id.name or "",
            "seat": review._text(self.names),
            "stage": review._text(self._stage()["name"]),
            "urgent": review.is_urgent,
            # a signer need not see the document, only what he signs
            "lines": review._document().sudo()._get_review_lines(),
        }

    def _check_decision(self, decision, given):
        """Raise one error with everything that keeps the caller from deciding."""
        if decision not in STATE_OF:
            raise UserError(self.env._("Unknown decision: %s", decision))
        problems, refusals = [], self._refusals(self.env.user)
        for task in self:
            reason = refusals.get(task) or task._missing(decision, given)
            if reason:
                problems.append(f"{task.review_id.document_name}: {reason}")
        if problems:
            raise UserError("\n".join(problems))

    def _find_agreement_gap(self, decision):
        """Return why nobody can agree here, see the document, or ``False``."""
        if decision == "decline":
            return False
        # whether it is ready is no secret to whoever signs it
        return self.review_id._document().sudo()._find_agreement_gap()

    def _missing(self, decision, given):
        if gap := self._find_agreement_gap(decision):
            return gap
        stage = self._stage()
        if decision == "conditional" and not (given["conditions"] or "").strip():
            return self.env._("State the conditions under which you agree.")
        needs_opinion = decision == "decline" or stage["opinion"]
        if needs_opinion and not (given["opinion"] or "").strip():
            return self.env._("Give your opinion.")
        if stage["drawing"] and not given["drawing"]:
            return self.env._("Draw your signature.")
        return self._find_answer_gap(decision, given["answers"])

    def _check_seen(self, seen, facts):
        """Refuse a signature on facts that the signer was not shown."""
        if not seen:
            raise UserError(
                self.env._(
                    "A signature names what it vouches for: send the fingerprint of "
                    "the facts that were shown."
                )
            )
        problems = []
        for review in self.review_id:
            shown = seen.get(str(review.id)) if isinstance(seen, dict) else seen
            if shown != digest(facts[review]):
                problems.append(review._explain_difference(shown, facts[review]))
        if problems:
            self.review_id._look_again_after_refusal(facts)
            raise UserError("\n".join(problems))

    def _decide(self, decision, facts, values):
        """Record the decision of the current user on each of these seats."""
        signer = self.env.user
        people = {task: task._capacity(signer) for task in self}
        names = self.env["res.users"]._names_of(
            {signer.id} | {person.principal for person in people.values()}
        )
        entries = []
        for task in self:
            review = task.review_id
            principal = people[task].principal
            delegated = principal != signer.id
            entries.append(
                (
                    review,
                    {
                        "act": decision,
                        "task_id": task.id,
                        "stage_no": task.stage_no,
                        "seat_names": task.names,
                        "signer_name": names[signer.id],
                        "principal_id": principal if delegated else False,
                        "principal_name": names[principal] if delegated else False,
                        "digests": review._digests(facts[review]),
                        **values,
                        "answers": task._keep_answers(values.get("answers") or {}),
                    },
                )
            )
        self._settle(decision, entries)

    # -- the same person again --------------------------------------------------------

    def _count_again(self):
        """Let earlier agreements count for the seats just opened, where the route
        says so; return the seats decided this way."""
        entries, repeated = [], self.browse()
        for task in self:
            review, earlier = task.review_id, task._find_earlier_agreement()
            if not earlier:
                continue
            entries.append(
                (
                    review,
                    {
                        "act": "repeat",
                        "task_id": task.id,
                        "stage_no": task.stage_no,
                        "seat_names": task.names,
                        "user_id": earlier.user_id.id,
                        "signer_name": earlier.signer_name,
                        "principal_id": earlier.principal_id.id,
                        "principal_name": earlier.principal_name,
                        # it counts from here on, for what it was led to
                        "digests": review._lead_signature(
                            earlier, review._get_amendments().get(review, ())
                        ),
                        "details": {"earlier": earlier.number},
                    },
                )
            )
            repeated += task
        if repeated:
            repeated._settle("agree", entries)
        return repeated

    def _find_earlier_agreement(self):
        """Return the record by which somebody who may sign here has already agreed."""
        review = self.review_id
        plan = review._get_plan()
        policy = plan["repeat_policy"]
        none = self.env["order.review.signature"]
        if policy == "none" or plan["one_seat"] or self.returned:
            return none
        earlier = review.task_ids.filtered(
            lambda task: (
                task.state == "agreed"
                and task.decision == "agree"
                and task.stage_no < self.stage_no
            )
        )
        if policy == "consecutive" and earlier:
            last = max(earlier.mapped("stage_no"))
            earlier = earlier.filtered(lambda task: task.stage_no == last)
        digests = review._digests(review.facts)
        amendments = review._get_amendments().get(review, ())
        stage = self._stage()
        for record in earlier.signature_id:
            signer = record.principal_id or record.user_id
            if self._capacity(signer) and review._vouches(
                stage, record, digests, amendments
            ):
                return record
        return none
