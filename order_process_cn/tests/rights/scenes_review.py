from odoo import Command

from ..evidence.test_records import PICTURE
from .scenes_common import Scene, SceneCommon


class ReviewScenes(SceneCommon):
    """What is done to reviews and their seats, from the document and from the list."""

    def _submitted(self):
        """Return ``(order, review, open task)``: submitted, waits for the check."""
        self.route.active = True
        order = self._submit()
        review = order.sudo().review_id
        task = review.task_ids.filtered(lambda task: task.state == "open")
        return order, review.sudo(False), task.sudo(False)

    def _seen(self, review):
        return {"order_review_seen": review.sudo().digest}

    def _question(self, model, user, **values):
        return self.env[model].with_user(user).create(values)

    def _upload(self, user):
        """Return a scan of ``user``, whatever he may do otherwise."""
        files = self.env["ir.attachment"].with_user(user).sudo()
        return files.create({"name": "scan.png", "raw": b"scan"}).sudo(False)

    # -- the document ------------------------------------------------------------------

    def scene_sale_order__action_open_history(self):
        return Scene(self.staff["reader"], self._order())

    def scene_sale_order__action_review_submit(self):
        self.route.active = True
        return Scene(self.salesman, self._order())

    def scene_sale_order__action_review_agree(self):
        order, review, _task = self._submitted()
        return Scene(self.supervisor, order, context=self._seen(review))

    def scene_sale_order__action_review_decide(self):
        order, _review, _task = self._submitted()
        return Scene(self.supervisor, order, context={"default_decision": "return"})

    def scene_sale_order__action_review_hand(self):
        return Scene(self.supervisor, self._submitted()[0])

    def scene_sale_order__action_review_register(self):
        return Scene(self.supervisor, self._submitted()[0])

    def scene_sale_order__action_review_print(self):
        return Scene(self.supervisor, self._submitted()[0])

    def scene_sale_order__action_review_reason(self):
        order = self._submitted()[0]
        return Scene(self.supervisor, order, context={"default_act": "comment"})

    # -- the review --------------------------------------------------------------------

    def scene_order_review__action_comment(self):
        return Scene(self.supervisor, self._submitted()[1], ("Hurry",))

    def scene_order_review__action_copy_to(self):
        return Scene(self.supervisor, self._submitted()[1], (self.gm.ids,))

    def scene_order_review__action_urge(self):
        return Scene(self.salesman, self._submitted()[1])

    def scene_order_review__action_withdraw(self):
        return Scene(self.salesman, self._submitted()[1])

    def scene_order_review__action_terminate(self):
        return Scene(self.administrator, self._submitted()[1], ("No more",))

    def scene_order_review__action_hand_over(self):
        self._submitted()[2].sudo().user_id = self.supervisor
        return Scene(
            self.administrator,
            self.env["order.review"],
            (self.supervisor.id, self.gm.id),
        )

    def scene_order_review__action_verify(self):
        return Scene(self.supervisor, self._submitted()[1])

    def scene_order_review__action_open_document(self):
        return Scene(self.supervisor, self._submitted()[1])

    def scene_order_review__draw_cards(self):
        return Scene(self.supervisor, self._submitted()[1])

    # -- a seat ------------------------------------------------------------------------

    def scene_order_review_task__action_sign(self):
        _order, review, task = self._submitted()
        return Scene(self.supervisor, task, ("agree", review.sudo().digest))

    def scene_order_review_task__action_agree_shown(self):
        _order, review, task = self._submitted()
        return Scene(self.supervisor, task, context=self._seen(review))

    def scene_order_review_task__action_ask_agree(self):
        return Scene(self.supervisor, self._submitted()[2])

    def scene_order_review_task__action_ask_decline(self):
        return Scene(self.supervisor, self._submitted()[2])

    def scene_order_review_task__action_open_document(self):
        return Scene(self.supervisor, self._submitted()[2])

    def scene_order_review_task__action_return(self):
        return Scene(self.supervisor, self._submitted()[2], (False, "Wrong"))

    def scene_order_review_task__action_transfer(self):
        return Scene(self.supervisor, self._submitted()[2], (self.gm.id, "Away"))

    def scene_order_review_task__action_add_signers(self):
        task = self._submitted()[2]
        return Scene(self.supervisor, task, (self.gm.ids, "beside"))

    def scene_order_review_task__action_remove_signers(self):
        _order, review, task = self._submitted()
        task.with_user(self.supervisor).action_add_signers(self.gm.ids, "after")
        added = review.sudo().task_ids.filtered("added_by_id")
        return Scene(self.supervisor, added.sudo(False))

    def scene_order_review_task__action_take_back(self):
        order, _review, task = self._submitted()
        self._sign(order, "sales")
        return Scene(self.supervisor, task)

    def scene_order_review_task__action_register(self):
        task = self._submitted()[2]
        signer = self.supervisor.id

        def given(user):
            return ("agree", signer, "paper", self._upload(user).ids)

        return Scene(self.clerk, task, given)

    def scene_order_review_task__action_contest(self):
        scene = self.scene_order_review_task__action_register()
        scene.records.with_user(self.clerk).action_register(*scene.args(self.clerk))
        return Scene(self.supervisor, scene.records, ("Not me",))

    def scene_order_review_task__my_waiting_count(self):
        self._submitted()
        return Scene(self.supervisor, self.env["order.review.task"])

    # -- questions ---------------------------------------------------------------------

    def scene_order_review_sign_wizard__action_confirm(self):
        task = self._submitted()[2]
        wizard = self.env["order.review.sign.wizard"].with_user(self.supervisor)
        wizard = wizard.with_context(default_task_ids=task.ids).create(
            {"decision": "decline", "opinion": "Too cheap", "drawing": PICTURE}
        )
        return Scene(self.supervisor, wizard.with_context({}))

    def scene_order_review_hand_wizard__action_confirm(self):
        task = self._submitted()[2]
        wizard = self._question(
            "order.review.hand.wizard",
            self.supervisor,
            task_ids=[Command.set(task.ids)],
            user_ids=[Command.set(self.gm.ids)],
        )
        return Scene(self.supervisor, wizard)

    def scene_order_review_reason_wizard__action_confirm(self):
        review = self._submitted()[1]
        wizard = self._question(
            "order.review.reason.wizard",
            self.salesman,
            review_ids=[Command.set(review.ids)],
            act="withdraw",
        )
        return Scene(self.salesman, wizard)

    def scene_order_review_register_wizard__action_confirm(self):
        _order, review, task = self._submitted()
        wizard = self._question(
            "order.review.register.wizard",
            self.clerk,
            review_id=review.id,
            task_id=task.id,
            signer_id=self.supervisor.id,
            evidence_ids=[Command.set(self._upload(self.clerk).ids)],
        )
        return Scene(self.clerk, wizard)

    def scene_order_review_leaver_wizard__action_confirm(self):
        self._submitted()[2].sudo().user_id = self.supervisor
        wizard = self._question(
            "order.review.leaver.wizard",
            self.administrator,
            leaver_id=self.supervisor.id,
            user_id=self.gm.id,
        )
        return Scene(self.administrator, wizard)

    def scene_order_review_submit_wizard__action_confirm(self):
        self.route.active = True
        wizard = self._question(
            "order.review.submit.wizard",
            self.salesman,
            res_model="sale.order",
            res_id=self._order().id,
        )
        return Scene(self.salesman, wizard)
