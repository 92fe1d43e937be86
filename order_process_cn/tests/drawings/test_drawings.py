from base64 import b64encode

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .drawing_common import DrawingCommon


@tagged("post_install", "-at_install")
class TestDrawings(DrawingCommon):
    """[MFG-2] drawings are asked for, checked, handed over against signature, and
    recovered; production waits for them where the type of the order asks."""

    def assertRefused(self, act, words, error=UserError):
        with self.assertRaisesRegex(error, words), self.cr.savepoint():
            act()
            self.env.flush_all()
        self.env.invalidate_all()

    def test_from_request_to_recovery(self):
        production = self._sold()
        operation = production.workorder_ids

        def start():
            self._rpc(self.worker, operation, "button_start")

        self.assertRefused(start, "not asked for")
        drawings = self._requested(production)
        self.assertEqual(drawings.product_id, self.pump)
        self.assertEqual(drawings.requested_by_id, self.worker)
        self.assertEqual(drawings.activity_ids.user_id, self.drawer)
        # asked twice: the same
        again = self._rpc(self.worker, production, "action_request_drawings")
        self.assertEqual(again["res_id"], drawings.id)
        self.assertRefused(start, "Being Drawn")
        for user, words in (
            (self.worker, "Engineering hands drawings out"),
            (self.salesman, "Engineering hands drawings out"),
        ):
            self.assertRefused(
                lambda u=user: self._rpc(u, drawings, "action_issue"),
                words,
                AccessError,
            )
        self._rpc(self.drawer, drawings, "action_issue")
        # two sets and one that is kept; the one that is split goes where it belongs
        self.assertEqual(
            [(h.kind, h.sheet_text) for h in drawings.handover_ids],
            [
                ("retained", "P-1 A, W-1 A, O-1 A"),
                ("whole", "P-1 A, W-1 A, O-1 A"),
                ("split", "P-1 A"),
                ("split", "W-1 A"),
                ("split", "O-1 A"),
            ],
        )
        self.assertRefused(start, "not signed for by Production")
        # signed by the head of the workshop, by nobody else
        workshop = self._of_workshop(drawings)
        self.assertEqual(len(workshop), 3)
        todos = drawings.activity_ids.filtered(
            lambda todo: todo.order_todo_key.startswith("drawings.receive")
        )
        self.assertLess(self.head, todos.user_id)
        for user in (self.worker, self.drawer):
            self.assertRefused(
                lambda u=user: self._rpc(u, workshop, "action_receive"),
                "signed for by the head of Production: opc_workshop_head",
            )
        self._rpc(self.head, workshop, "action_receive")
        self.assertEqual(workshop.received_by_id, self.head)
        self.assertNotIn(self.head, drawings.activity_ids.user_id)
        self.assertRefused(
            lambda: self._rpc(self.head, workshop, "action_receive"), "was signed for"
        )
        start()
        self.assertEqual(production.state, "progress")
        # what is kept stays there, the rest comes back
        self.assertRefused(
            lambda: self._rpc(self.head, drawings, "action_recover"),
            "order.drawing.set|Production takes",
            AccessError,
        )
        self._rpc(self.worker, drawings, "action_recover")
        self.assertEqual(drawings.state, "issued")  # one is not signed for yet
        outside = drawings.handover_ids.filtered("is_outside")
        self.assertEqual(outside.sheet_text, "O-1 A")
        self._rpc(self.signers["purchase"], outside, "action_receive")
        self._rpc(self.worker, outside, "action_recover")
        self.assertEqual(drawings.state, "recovered")
        self.assertFalse(drawings.handover_ids.filtered("is_outside"))
        html = self.env["ir.actions.report"]._render_qweb_html(
            "order_process_cn.report_f10_drawing_handover", drawings.ids
        )[0]
        for words in ("P-1", "opc_workshop_head", "opc_worker", "opc_drawer"):
            self.assertIn(words, html.decode())

    def test_review_ended(self):
        """Nobody works by drawings whose review is ended after they were handed out;
        another set takes their place."""
        self._make_route(
            [self._stage("Check", "quality")],
            name="Drawings",
            res_model="order.drawing.set",
            order_type_ids=[Command.clear()],
            submitter_policy="allow",
        )
        production = self._sold()
        drawings = self._requested(production)
        self._rpc(self.worker, drawings, "action_review_submit")
        self._sign(drawings, "quality")
        self._rpc(self.drawer, drawings, "action_issue")
        self._rpc(self.head, self._of_workshop(drawings), "action_receive")
        review = drawings.sudo().review_id
        self._rpc(self.administrator, review, "action_terminate", "Wrong thread")
        self.env.invalidate_all()
        self.assertEqual(drawings.state, "recalled")
        operation = production.workorder_ids
        self.assertRefused(
            lambda: self._rpc(self.worker, operation, "button_start"), "Recalled"
        )
        self._rpc(self.worker, drawings, "action_recover")
        self.assertEqual(drawings.state, "recalled")
        action = self._rpc(self.drawer, drawings, "action_replace")
        new = drawings.browse(action["res_id"])
        self._rpc(self.worker, new, "action_review_submit")
        self._sign(new, "quality")
        self._rpc(self.drawer, new, "action_issue")
        self.assertEqual((drawings.state, new.state), ("replaced", "issued"))
        self._rpc(self.head, self._of_workshop(new), "action_receive")
        self._rpc(self.worker, operation, "button_start")

    def test_what_was_handed_over_stays(self):
        """Kept as it happened, on every road."""
        drawings = self._issued(self._sold())
        rows = self._of_workshop(drawings)
        now = fields.Datetime.now()
        receipt = {"received_by_id": self.head.id, "received_on": now}
        admin = self.env.ref("base.user_admin")
        for user in (self.head, self.worker, self.drawer, admin):
            with self.subTest(user=user.login):
                for method, args in (
                    ("write", [receipt]),
                    ("write", [{"sheet_digest": "x"}]),
                    ("unlink", []),
                    ("copy", []),
                ):
                    self.assertRefused(
                        lambda u=user, m=method, a=args: self._rpc(u, rows, m, *a),
                        "",
                        AccessError,
                    )
        # not even the engine writes it twice
        rows.sudo().write(receipt)
        for vals in (receipt, {**receipt, "copy_count": 9}, {"returned_on": now}):
            self.assertRefused(
                lambda v=vals: rows.sudo().write(v), "cannot be altered", AccessError
            )
        # nor is a set entered as handed out, or changed afterwards
        for vals in ({"state": "issued"}, {"name": "X"}, {"review_state": "approved"}):
            self.assertRefused(
                lambda v=vals: self._rpc(self.drawer, drawings, "write", v),
                "",
                AccessError,
            )
        other = {"product_id": self.component.id}
        for vals in (other, {"sheet_ids": [Command.clear()]}):
            self.assertRefused(
                lambda v=vals: self._rpc(self.drawer, drawings, "write", v),
                "is closed and cannot be changed",
            )
        self.assertRefused(
            lambda: self._rpc(self.drawer, drawings.sheet_ids[0], "unlink"), "is closed"
        )
        late = [{"set_id": drawings.id, "number": "P-9"}]
        self.assertRefused(
            lambda: self._rpc(
                self.drawer, self.env["order.drawing.sheet"], "create", late
            ),
            "is closed",
        )
        self.assertRefused(
            lambda: (
                self.env["order.drawing.set"]
                .with_user(self.drawer)
                .with_context(default_state="issued")
                .create({"product_id": self.pump.id, "state": "issued"})
            ),
            "",
            AccessError,
        )
        hostile = self.env["order.drawing.set"].with_context(default_state="issued")
        made = hostile.with_user(self.drawer).create({"product_id": self.pump.id})
        self.assertEqual(made.state, "draft")
        made.with_user(self.drawer).action_cancel()

    def test_a_replaced_file_voids(self):
        """[MFG-2] the checksum is among the facts: what was signed, and what was handed
        over, is those bytes."""
        self._make_route(
            [self._stage("Check", "quality")],
            name="Drawings",
            res_model="order.drawing.set",
            order_type_ids=[Command.clear()],
            submitter_policy="allow",
        )
        production = self._sold()
        drawings = self._requested(production)
        self.assertRefused(
            lambda: self._rpc(self.drawer, drawings, "action_issue"), "not submitted"
        )
        # sent back to be corrected
        self._rpc(self.worker, drawings, "action_review_submit")
        self._sign(drawings, "quality", decision="decline", opinion="Bore is missing")
        self.assertRefused(
            lambda: self._rpc(self.drawer, drawings, "action_issue"), "not finished"
        )
        own = drawings.with_user(self.drawer)
        own.sheet_ids[0].write({"revision": "B", "file": b64encode(b"corrected")})
        self._end_of_transaction()
        self._rpc(self.worker, drawings, "action_review_submit")
        self._sign(drawings, "quality")
        self.assertEqual(drawings.review_state, "approved")
        # changed after the check, by the line or behind its back
        file = b64encode(b"something else")
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "order.drawing.sheet"),
                ("res_field", "=", "file"),
                ("res_id", "=", own.sheet_ids[0].id),
            ]
        )
        good = attachment.raw
        for road in (
            lambda: self._rpc(self.drawer, own.sheet_ids[0], "write", {"file": file}),
            lambda: attachment.write({"raw": b"something else"}),
        ):
            with self.cr.savepoint() as savepoint:
                road()
                self.env.invalidate_all()
                self.assertRefused(
                    lambda: self._rpc(self.drawer, drawings, "action_issue"),
                    "changed|not finished",
                )
                savepoint.rollback()
            self.env.invalidate_all()
        self._rpc(self.drawer, drawings, "action_issue")
        self._rpc(self.head, self._of_workshop(drawings), "action_receive")
        operation = production.workorder_ids
        attachment.write({"raw": b"something else"})
        self._begin()
        self.assertRefused(
            lambda: self._rpc(self.worker, operation, "button_start"),
            "changed|not finished",
        )
        attachment.write({"raw": good})
        self._begin()
        # without a route what was handed over is compared all the same
        self.env["order.review.route"].search([]).active = False
        attachment.write({"raw": b"something else"})
        self._begin()
        drawings.review_id._end("cancelled", "cancel")
        self.assertRefused(
            lambda: self._rpc(self.worker, operation, "button_start"),
            "another one than was handed over",
        )
        # the way on: drawn anew, the old set is replaced when the new one goes out
        action = self._rpc(self.drawer, drawings, "action_replace")
        new = drawings.browse(action["res_id"])
        self.assertEqual(new.production_ids, production)
        self.assertEqual(new.sheet_ids.mapped("number"), ["P-1", "W-1", "O-1"])
        self.assertEqual(new.sheet_ids[0].file, file)
        again = self._rpc(self.drawer, drawings, "action_replace")
        self.assertEqual(again["res_id"], new.id)
        self._rpc(self.drawer, new, "action_issue")
        self.assertEqual(drawings.state, "replaced")
        self._rpc(self.head, self._of_workshop(new), "action_receive")
        self._rpc(self.worker, operation, "button_start")
        self.assertEqual(production.state, "progress")

    def test_whom_they_are_for(self):
        """Orders split from it, and the sales order as a whole; orders without a type
        that asks, of before, or of another product are not concerned or not served."""
        production = self._sold(quantity=10)
        drawings = self._issued(production)
        self._rpc(self.head, self._of_workshop(drawings), "action_receive")
        parts = production._split_productions({production: [6, 4]})
        backorder = parts[1:]
        backorder.workorder_ids.button_start()
        self.assertEqual(backorder.state, "progress")
        # for the sales order: whatever is made of the product for it
        other = self._sold()
        sets = self.env["order.drawing.set"]
        self.assertEqual(other._find_drawing_sets()[other], sets)
        drawings.order_id = self.order
        self.env.invalidate_all()
        self.assertEqual(other._find_drawing_sets()[other], drawings)
        # another product of the same order
        part = self._sold(product_id=self.component.id, bom_id=False)
        self.assertEqual(part._find_drawing_sets()[part], sets)
        # nobody asks: no query
        plain = self._production()
        plain.workorder_ids.button_start()
        self.assertEqual(plain.state, "progress")
        early = self._sold()
        self.order_type.drawings_since = fields.Datetime.add(
            early.create_date, seconds=1
        )
        self.env.registry.clear_cache()
        self.assertFalse(early._condition_drawings())
        self.order_type.asks_drawings = False
        self._begin()
        self.env["order.type"]._drawings_asked_since()
        with self.assertQueryCount(0):
            self.assertFalse((early | plain)._condition_drawings())

    def test_without_a_head(self):
        """Any member signs where a department has no head."""
        self.departments["production"].head_id = False
        drawings = self._issued(self._sold())
        rows = self._of_workshop(drawings)
        desk = self.env["order.drawing.handover"]
        mine = [("waits_for_me", "=", True)]
        self.assertEqual(desk.with_user(self.worker).search(mine), rows)
        self.assertFalse(desk.with_user(self.signers["quality"]).search(mine))
        self._rpc(self.worker, rows, "action_receive")
        self.assertEqual(rows.received_by_id, self.worker)
