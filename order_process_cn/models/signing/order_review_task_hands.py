from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...tools import arguments
from ...tools.review_states import APPROVED, RUNNING
from ..mechanism.engine import public_act

PLACEMENTS = {"before", "beside", "after"}


class OrderReviewTask(models.Model):
    """Passing a seat on: return, transfer, add and remove a signer, take back,
    register a decision made on paper (CSN-3, CSN-4)."""

    _inherit = "order.review.task"

    def _begin(self):
        """Lock the reviews of these seats; return all their seats.

        First statement of every act, see ``order.review._lock``.
        """
        return self.review_id._lock_with_tasks()

    def _check_mine(self):
        """Raise one error naming every seat that the caller cannot act on now."""
        problems = [
            f"{task.review_id.document_name}: {reason}"
            for task in self
            if (reason := task._refusal(self.env.user))
        ]
        if problems:
            raise UserError("\n".join(problems))

    def _note(self, act, reason="", **details):
        """Record ``act`` of the current user on each of these seats."""
        self.review_id._record(
            [
                (
                    task.review_id,
                    {
                        "act": act,
                        "task_id": task.id,
                        "stage_no": task.stage_no,
                        "seat_names": task.names,
                        "signer_name": self.env.user.name,
                        "opinion": reason,
                        "details": details,
                    },
                )
                for task in self
            ]
        )

    @api.model
    def _require_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Give a reason."))

    def _check_signer(self, user):
        """Refuse somebody who could not sign these seats anyway."""
        for task in self:
            if task._is_barred(user.id) or not self._active_users(
                {user.id}, task.company_id
            ):
                raise UserError(
                    self.env._(
                        "%(user)s cannot sign %(document)s.",
                        # the name of a colleague is no secret
                        user=user.sudo().name or self.env._("Nobody"),
                        document=task.review_id.document_name,
                    )
                )

    # -- return ------------------------------------------------------------------------

    @public_act
    @arguments.checked(stage_no=arguments.number, reason=arguments.text)
    def action_return(self, stage_no, reason):
        """Send the review back without declining.

        :param stage_no: number of an earlier stage, ``False`` for the submitter
        :raise UserError: not the caller's turn, no reason, or no earlier stage
        """
        task = self._enter()
        task.ensure_one()
        tasks = task._begin()
        task._check_mine()
        self._require_reason(reason)
        review, stage = task.review_id, task._stage()
        to_submitter = stage_no is False or stage_no is None
        if not to_submitter and stage_no not in review._stages_before(task, tasks):
            raise UserError(self.env._("Choose a stage that came before this one."))
        task._note("return", reason, target=-1 if to_submitter else stage_no)
        if to_submitter:
            task.returned = True
            review._withhold("declined", tasks)
        else:
            review._send_back(tasks, stage, stage_no, stage["resume"])
            review._advance(tasks)
        return True

    # -- transfer, add, remove ---------------------------------------------------------

    @public_act
    @arguments.checked(user_id=arguments.record_id, reason=arguments.text)
    def action_transfer(self, user_id, reason=""):
        """Hand these seats to another person, who decides instead of the caller."""
        tasks = self._enter()
        user = self.env["res.users"].browse(user_id)
        tasks._begin()
        tasks._check_mine()
        tasks._check_signer(user)
        if user == self.env.user:
            raise UserError(self.env._("You cannot transfer a seat to yourself."))
        tasks._hand_to(user, "transfer", reason)
        return True

    def _hand_to(self, user, act, reason):
        # the name of a colleague is no secret
        self._note(act, reason, to=user.id, to_name=user.sudo().name)
        self.review_id._mark_for_notices()
        self.write(
            {
                "user_id": user.id,
                "department_id": False,
                "is_head_only": False,
                "group_id": False,
                "signer_list_id": False,
                "is_announced": False,
            }
        )

    @public_act
    @arguments.checked(
        user_ids=arguments.record_ids, placement=arguments.text, reason=arguments.text
    )
    def action_add_signers(self, user_ids, placement, reason=""):
        """Ask further persons before, beside or after the caller's own decision.

        :param list user_ids: whom to add
        :param str placement: "before", "beside" or "after"
        """
        task = self._enter()
        task.ensure_one()
        users = self.env["res.users"].browse(user_ids)
        tasks = task._begin()
        task._check_mine()
        if placement not in PLACEMENTS or not users:
            raise UserError(self.env._("Say whom to add, and before, beside or after."))
        for user in users:
            task._check_signer(user)
        task._note("add", reason, to=users.ids, placement=placement)
        if placement == "before":
            task._wait()
        values = [task._prepare_added_values(user, placement) for user in users]
        # nobody may create seats; that the caller may add one was checked above
        added = self.env["order.review.task"].sudo().create(values)
        task.review_id._advance(tasks + added)
        return True

    def _prepare_added_values(self, user, placement):
        return {
            "review_id": self.review_id.id,
            "company_id": self.company_id.id,
            "stage_no": self.stage_no,
            "position": -1,
            "sequence": self.sequence,
            "names": dict.fromkeys(self.names, user.name),
            "asks_for_more": self.asks_for_more,
            "user_id": user.id,
            "barred_user_id": self.barred_user_id.id,
            "barred_later": self.barred_later,
            "parent_id": self.id,
            "placement": placement,
            "added_by_id": self.env.uid,
        }

    @public_act
    @arguments.checked(reason=arguments.text)
    def action_remove_signers(self, reason=""):
        """Take away signers whom the caller added and who have not decided."""
        tasks = self._enter()
        everything = tasks._begin()
        for task in tasks:
            if not task._is_up_to("remove", self.env.user):
                raise UserError(
                    self.env._(
                        "Only a signer whom you added yourself and who has not decided "
                        "can be removed."
                    )
                )
        tasks._note("remove", reason)
        tasks._close("removed")
        tasks.review_id._advance(everything)
        return True

    # -- taking back -------------------------------------------------------------------

    def _take_back_refusal(self, user, tasks):
        """Return why ``user`` cannot take back his agreement on this seat, or False."""
        self.ensure_one()
        review = self.review_id
        if self.state != "agreed" or self.decided_by_id != user:
            return self.env._("You have not agreed here.")
        if review.state not in {RUNNING, APPROVED}:
            return self.env._("The review is not running.")
        later = tasks.filtered(
            lambda task: (
                task.review_id == review
                and task.state in {"agreed", "declined"}
                and self._comes_before(task)
            )
        )
        # whether work has begun is asked on behalf of the engine
        if later or review._document().sudo()._is_review_used():
            return self.env._("Others have acted on your agreement already.")
        return False

    def _comes_before(self, other):
        """Whether ``other`` was asked only after this seat had decided."""
        if other.stage_no != self.stage_no:
            return other.stage_no > self.stage_no
        if other.placement == "after" and other.parent_id == self:
            return True
        in_turn = self._stage()["mode"] == "turn"
        return in_turn and (other.sequence, other.id) > (self.sequence, self.id)

    @public_act
    @arguments.checked(reason=arguments.text)
    def action_take_back(self, reason=""):
        """Take back the caller's own agreement while nobody after him has acted."""
        mine = self._enter()
        tasks = mine._begin()
        for task in mine:
            if refusal := task._take_back_refusal(self.env.user, tasks):
                refused = f"{task.review_id.document_name}: {refusal}"
                raise UserError(refused)
        mine._note("take_back", reason)
        mine._ask_again()
        mine.review_id._reopen(tasks)
        mine.review_id._advance(tasks)
        return True

    def _is_up_to(self, act, user):
        """Whether ``user`` may take back, contest or remove this seat now."""
        self.ensure_one()
        if act == "take_back":
            return not self._take_back_refusal(user, self.review_id.task_ids)
        if act == "contest":
            return not self._contest_refusal(user)
        return self.added_by_id == user and self.state in {"waiting", "open"}

    # -- on paper, in a chat -----------------------------------------------------------

    @public_act
    @arguments.checked(
        decision=arguments.text,
        signer_id=arguments.record_id,
        medium=arguments.text,
        evidence_ids=arguments.record_ids,
        given=arguments.fields_of(
            opinion=arguments.text, conditions=arguments.text, signed_on=arguments.day
        ),
    )
    def action_register(self, decision, signer_id, medium, evidence_ids, **given):
        """Register a decision made on paper or in a group chat.

        :param str decision: "agree", "conditional" or "decline"
        :param int signer_id: the person who decided; must hold the seat
        :param str medium: "paper" or "chat"
        :param list evidence_ids: attachments: the scan or the picture
        :param given: opinion, conditions, signed_on (date written on it)
        :raise AccessError: the caller may not register

        [CSN-4] the record names both; the signer may contest it.
        """
        tasks = self._enter()
        if not self.env.user.has_group("order_process_cn.order_group_registrar"):
            raise AccessError(self.env._("You may not register decisions of others."))
        everything = tasks._begin()
        signer = self.env["res.users"].browse(signer_id)
        evidence = self.env["order.review.signature"]._read_evidence(evidence_ids)
        tasks._check_registration(decision, signer, medium, evidence, given)
        facts = tasks.review_id._current_facts()
        tasks.review_id._sync_facts(everything, facts)
        tasks._decide_for(signer, decision, facts, medium, evidence, given)
        tasks._tell_of_registration(signer)
        tasks.review_id._advance(everything)
        return True

    def _check_registration(self, decision, signer, medium, evidence, given):
        problems = []
        if medium not in {"paper", "chat"}:
            problems.append(self.env._("Say whether it was on paper or in a chat."))
        if not evidence:
            problems.append(self.env._("Attach the scan or the picture as evidence."))
        if decision == "conditional" and not given.get("conditions"):
            problems.append(self.env._("State the conditions."))
        if decision == "decline" and not given.get("opinion"):
            problems.append(self.env._("State the reason of the refusal."))
        refusals = self._refusals(signer)
        for task in self:
            if reason := refusals.get(task) or task._find_agreement_gap(decision):
                problems.append(f"{task.review_id.document_name}: {reason}")
        if problems:
            raise UserError("\n".join(problems))

    def _tell_of_registration(self, signer):
        """Tell ``signer`` what was registered in his name: he may contest it."""
        if signer == self.env.user:
            return
        for task in self:
            task.review_id._notify(
                signer,
                self.env._(
                    "%s: a decision was registered in your name",
                    task.review_id.document_name,
                ),
                self.env._(
                    "%(clerk)s has registered “%(decision)s” in your name for "
                    "“%(seat)s”. If that is not what you decided, open the document "
                    "and press “Contest”: then it counts no more.",
                    clerk=self.env.user.name,
                    decision=task._spell_decision(),
                    seat=task.name,
                ),
            )

    def _spell_decision(self):
        decisions = self._fields["decision"]._description_selection(self.env)
        return dict(decisions).get(self.decision, "")

    def _decide_for(self, signer, decision, facts, medium, evidence, given):
        entries = [
            (
                task.review_id,
                {
                    "act": decision,
                    "task_id": task.id,
                    "stage_no": task.stage_no,
                    "seat_names": task.names,
                    "signer_name": self.env.user.name,
                    "principal_id": signer.id,
                    # the name of a colleague is no secret
                    "principal_name": signer.sudo().name,
                    "medium": medium,
                    "signed_on": given.get("signed_on"),
                    "opinion": given.get("opinion"),
                    "conditions": given.get("conditions"),
                    "details": {"evidence": [file.digest for file in evidence]},
                    "digests": task.review_id._digests(facts[task.review_id]),
                },
            )
            for task in self
        ]
        self._settle(decision, entries)._keep_evidence(evidence)

    def _contest_refusal(self, user):
        """Return why ``user`` cannot contest what stands here, or ``False``."""
        registered = self.medium in {"paper", "chat"}
        if not registered or self.decided_by_id != user:
            return self.env._(
                "Only a decision registered in your name can be contested."
            )
        return False

    @public_act
    @arguments.checked(reason=arguments.text)
    def action_contest(self, reason):
        """Contest a decision that somebody registered in the caller's name."""
        task = self._enter()
        task.ensure_one()
        tasks = task._begin()
        if refusal := task._contest_refusal(self.env.user):
            raise UserError(refusal)
        self._require_reason(reason)
        task._note("contest", reason, number=task.signature_id.number)
        task._ask_again()
        task.review_id._reopen(tasks)
        task.review_id._advance(tasks)
        return True
