from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...tools import arguments
from ..mechanism.engine import public_act


class OrderReviewMixin(models.AbstractModel):
    """The buttons of a document under review and the boxes of its printed form."""

    _inherit = "order.review.mixin"

    @classmethod
    @api.private
    def mro(cls):
        """Return the order of resolution as Python keeps it.

        Core asks for it at every call of a client, and a class works it out anew each
        time: for an order, which so many files extend, a fifth of a millisecond.
        """
        return [*cls.__mro__]

    @public_act
    @arguments.checked(chosen=arguments.by_id(arguments.record_id))
    def action_review_submit(self, chosen=None):
        """Submit to review, or submit again after a refusal.

        :param dict chosen: ``{seat id: user id}`` for the seats the submitter fills
        :return: ``True``, or an action that asks for what is missing
        :raise UserError: everything that is missing, for all documents at once
        """
        documents = self.sudo()  # read only, until the right to write is checked below
        names = [
            name
            for name in documents._get_submission_fields()
            if self._fields[name].store and self._fields[name].column_type
        ]
        known = None
        if self._get_fact_lines_field():
            known = documents._load_facts(names)
        else:
            documents.fetch(names)
        self.check_access("write")
        self._check_may_submit()
        problems = documents._get_submission_problems()
        if problems:
            raise UserError("\n".join(problems))
        if chosen is None and (seats := documents._get_seats_to_choose()):
            return self._ask_for_signers(seats)
        documents._before_submission()
        declined = documents.filtered(lambda d: d.review_state == "declined")
        if declined:
            declined.review_id._resume()
        fresh = documents - declined
        if fresh:
            # nobody may create reviews; that he may submit was checked above
            self.env["order.review"].sudo()._start(fresh, chosen or {}, known)
        return True

    def _load_facts(self, names):
        """Put the stored facts of these documents and of their lines into the cache,
        and the further columns ``names``; return what ``_collect_review_facts`` need
        not read any more."""
        read = self._select_found(names, self._as_query(ordered=False))
        names, field, line_names = self._get_names_to_read(names)
        reader = self.env["order.fact.reader"]
        reader._keep_with_lines(self, names, field, line_names, read)
        return self.env[self._fact_content]._get_known(read)

    def _get_seats_to_choose(self):
        """Return the seats whose signer the submitter names, for a fresh review."""
        fresh = self.filtered(lambda document: document.review_state != "declined")
        return [
            seat["seat"]
            for route in set(fresh._get_review_routes().values())
            for stage in route._compiled()["stages"]
            for seat in stage["seats"]
            if seat["source"] == "chosen"
        ]

    def _ask_for_signers(self, seat_ids):
        if len(self) > 1:
            raise UserError(
                self.env._("Signers have to be chosen: submit these one by one.")
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_review_submit_wizard_action"
        )
        action["context"] = {
            "default_res_model": self._name,
            "default_res_id": self.id,
            "default_seat_ids": seat_ids,
        }
        return action

    def _may_submit(self):
        """Whether the user belongs to those who submit documents to review."""
        return self.env.user.has_group("order_process_cn.order_group_submitter")

    def _check_may_submit(self):
        if not self._may_submit():
            raise AccessError(
                self.env._(
                    "You may not submit documents to review. Ask for the group "
                    "“Submit to Review”."
                )
            )

    def _get_submission_problems(self):
        """Return everything that keeps these documents from being submitted."""
        routes = self._get_review_routes()
        problems = []
        for document in self:
            if document.review_state in {"running", "approved"}:
                reason = self.env._("it is under review or approved already")
            elif not routes[document] and document.review_state == "declined":
                reason = self.env._(
                    "no review route applies to it any more. Withdraw the review, or "
                    "have an administrator of the order process end it: then nobody "
                    "has to sign"
                )
            elif not routes[document]:
                reason = self.env._("no review route applies to it")
            else:
                continue
            problems.append(f"{document.display_name}: {reason}")
        return problems

    def _check_readable(self):
        """Refuse what the caller may not read; the question is put to the database, for
        an answer from the cache would read a hundred columns of each document first.

        :raise AccessError: as ``check_access("read")``
        """
        # what is looked at when this act is the last one comes along
        names = [
            name
            for name in self._get_outcome_fields()
            if self._has_field_access(self._fields[name], "read")
        ]
        every = self.with_context(active_test=False)
        if len(every.search_fetch([("id", "in", self.ids)], names)) < len(self):
            self.check_access("read")

    def _lock_readable(self):
        """As :meth:`_check_readable`, and make this act the only one that decides on
        these documents; return ``{document: its facts}`` where they come along, for
        documents with lines."""
        if not self._get_fact_lines_field():
            self._check_readable()
            # the engine's to lock; only his own seats are signed
            self.sudo().review_id._lock_to_sign()
            return None
        every = self.with_context(active_test=False)
        found = every._search([("id", "in", self.ids)])
        # only those that the caller may read are found
        facts = self.sudo()._collect_and_lock(self._get_outcome_fields(), found)
        if len(facts) < len(self):
            self.check_access("read")
        return facts

    def _my_open_tasks(self):
        """Return the open seats of these documents that the caller may sign."""
        # only his own are returned
        tasks = self.sudo().review_id._load_tasks()
        mine = tasks.filtered(
            lambda task: task.state == "open" and task._capacity(self.env.user)
        )
        return mine.with_env(self.env)

    def _my_next_tasks(self):
        """As :meth:`_my_open_tasks`, but only those that he may sign in one act."""
        # only his own are returned
        return self._my_open_tasks().sudo()._first_of_each().with_env(self.env)

    @public_act
    def action_review_agree(self):
        """Agree on every open seat of mine; asks for what the stage requires.

        The form sends the fingerprint of what it shows in the context; a client that
        leaves it out or sends another can only be refused.
        """
        facts = self._lock_readable()
        tasks = self._my_next_tasks()
        if any(tasks.sudo().mapped("asks_for_more")):  # what is asked of the signer
            return self._ask("sign", tasks, default_decision="agree")
        if not tasks:
            raise UserError(self.env._("None of these documents waits for you."))
        tasks.browse().check_access("read")
        seen = self.env.context.get("order_review_seen")
        # that he may see his own seats of documents that he may read needs no rule
        seen = arguments.shown(self.env, "seen", seen)
        return tasks.sudo()._sign("agree", seen, facts=facts)

    @public_act(keeps=("default_decision",))
    def action_review_decide(self):
        """Open the question: agree with conditions, decline or return."""
        self._check_readable()
        decision = self.env.context.get("default_decision", "decline")
        return self._ask("sign", self._my_next_tasks(), default_decision=decision)

    @public_act
    def action_review_hand(self):
        """Open the question: transfer, or add a signer."""
        self._check_readable()
        return self._ask("hand", self._my_open_tasks())

    @public_act
    def action_review_register(self):
        """Open the question: what was decided on paper."""
        self.ensure_one()
        return self._ask("register", default_review_id=self.review_id.id)

    @public_act
    def action_review_print(self):
        """Print the countersign sheet of these documents."""
        report = self.env.ref("order_process_cn.report_f03_review_sheet_action")
        return report.report_action(self.review_id, config=False)

    @public_act(keeps=("default_act",))
    def action_review_reason(self):
        """Open the question for a text: withdraw, take back, urge, copy, comment."""
        act = self.env.context.get("default_act", "comment")
        tasks = self.env["order.review.task"]
        if act in {"take_back", "contest", "remove"}:
            tasks = self.sudo().review_id.task_ids.filtered(  # his own seats only
                lambda task: task._is_up_to(act, self.env.user)
            )
        return self._ask(
            "reason", tasks, default_act=act, default_review_ids=self.review_id.ids
        )

    def _ask(self, question, tasks=None, **defaults):
        """Return the action that opens one of the question forms."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"order_process_cn.order_review_{question}_wizard_action"
        )
        if tasks is not None:
            defaults["default_task_ids"] = tasks.ids
        action["context"] = defaults
        seen = self.env.context.get("order_review_seen")
        if question == "sign" and seen:
            action["context"]["order_review_seen"] = seen
        return action

    def _get_form_seats(self):
        """Return what stands on a form for each seat: its name, who signed and how;
        before the submission the seats that will be asked, for pen and stamp."""
        self.ensure_one()
        # whoever prints the document may see who signed it
        document = self.sudo()
        tasks = document.review_id.task_ids.filtered(
            lambda task: task.state not in {"skipped", "removed", "closed"}
        )
        if tasks:
            return [self._get_form_seat(task) for task in tasks]
        route = document._get_review_routes()[document]
        if not route:
            return []
        coming = document.env["order.review"]._draw_preview(document, route, {})
        return [
            self._get_form_seat(tasks, seat["name"])
            for stage in coming["stages"]
            for seat in stage["seats"]
        ]

    def _get_form_seat(self, task, name=""):
        decisions = dict(task._fields["decision"]._description_selection(self.env))
        return {
            "seat": task.name or name,
            "signer": task.decided_by_id.name or "",
            "decision": decisions.get(task.decision, ""),
            "answers": self.env["order.review.question"]._spell(task.answers),
            "words": " ".join(filter(None, [task.opinion, task.conditions])),
            "time": task.review_id._spell_moment(task.decided_at),
            "drawing": task.signature_id.drawing,
        }
