from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..money.money_common import MoneyCommon


@tagged("post_install", "-at_install")
class TestArchive(MoneyCommon):
    """[AFS-4] papers are filed against a checklist, and what was filed is kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule.active = False
        cls.env["order.archive.item"].search([]).active = False
        cls.route.active = True
        cls.product.type = "consu"
        cls.item = cls.env.ref("order_process_cn.order_archive_item_contract")
        cls.keeper = cls._user("keeper", "sales_team.group_sale_manager")

    @freeze_time("2024-03-06 02:00:00")
    def _closed_order(self):
        order = self._approve(quantity=1, price=1000.0)
        order.with_user(self.supervisor).action_confirm()
        order = self.env["sale.order"].browse(order.id)
        order.picking_ids.move_ids.picked = True
        order.picking_ids._action_done()
        self._pay(self._final_invoice(order))
        self._run_worker()
        self.assertTrue(order.closed_on)
        return order

    def _wizard(self, user, order, **values):
        model = self.env["order.archive.wizard"].with_user(user)
        return model.create({"order_id": order.id, **values})

    def _file(self, order, user=None, **values):
        user = user or self.salesman
        scan = self.env["ir.attachment"].with_user(user)
        values = {
            "mode": "file",
            "item_id": self.item.id,
            "evidence_ids": scan.create({"name": "contract.pdf", "raw": b"%PDF"}).ids,
            **values,
        }
        self._rpc(user, self._wizard(user, order, **values), "action_confirm")

    def test_checklist_then_kept(self):
        """[AFS-4] everything missing is said at once; filed, the order is the end of
        its line, is changed by nobody, and nothing of it is lost."""
        order = self._closed_order()
        self.item.active = True
        receipt = self.env.ref("order_process_cn.order_archive_item_receipt")
        receipt.active = True
        with self.assertRaises(UserError) as caught:
            self._rpc(self.salesman, order, "action_archive_papers")
        for item in (self.item, receipt):
            self.assertIn(item.name, str(caught.exception))
        self.assertEqual(
            order.with_user(self.salesman).order_checklist["step"][:4], "File"
        )
        with (
            self.assertRaisesRegex(UserError, "Signed contract"),
            self.env.cr.savepoint(),
        ):
            # a road of superuser meets the same gate
            order.sudo().write({"archived_on": "2024-03-06"})
        receipt.order_type_ids = self.env["order.type"].create({"name": "Other"})
        with self.assertRaisesRegex(UserError, "Attach"):
            self._file(order, evidence_ids=[])
        with self.assertRaisesRegex(UserError, "which paper"):
            self._file(order, item_id=receipt.id)
        self._file(order)
        self._rpc(self.salesman, order, "action_archive_papers")
        self.assertRecordValues(
            order, [{"progress": "archived", "archived_by_id": self.salesman.id}]
        )
        self._check_not_changed(order)
        self._check_kept(order)
        self._check_reopened(order)

    def _check_not_changed(self, order):
        line = order.order_line[0]
        edits = {
            "price": lambda: line.with_user(self.supervisor).write({"price_unit": 1}),
            "terms": lambda: order.with_user(self.supervisor).write(
                {"payment_term_id": False}
            ),
            "line": lambda: order.with_user(self.supervisor).write(
                {"order_line": [Command.create({"product_id": self.product.id})]}
            ),
            "contract": lambda: order.with_user(self.supervisor).write(
                {"contract_end": "2024-01-01"}
            ),
            "cancel": lambda: order.with_user(self.supervisor).action_cancel(),
            "forged": lambda: order.with_user(self.supervisor).write(
                {"archived_on": False}
            ),
        }
        for name, edit in edits.items():
            with self.subTest(name), self.assertRaises(UserError):
                with self.env.cr.savepoint():
                    edit()
                    self._end_of_transaction()
            self.env.cr.precommit.data.clear()
            self.env.cr.precommit.clear()
            self.env.invalidate_all()

    def _check_kept(self, order):
        order.sudo().contract_end = date(2025, 1, 31)
        self.assertEqual(order.retention_until, date(2027, 1, 31))
        # so people write a contract without an end
        order.sudo().contract_end = date(9999, 12, 31)
        self.assertEqual(order.retention_until, date.max)
        order.sudo().contract_end = date(2025, 1, 31)
        message = order.message_post(body=order.name)
        scan = self.env["ir.attachment"].create(
            {"name": "a.txt", "raw": b"a", "res_model": order._name, "res_id": order.id}
        )
        picking = order.picking_ids[0].message_post(body=order.name)
        boss = self._user("boss", "base.group_system")
        told = message.with_user(boss).tracking_value_ids.browse(
            self.env["mail.tracking.value"]
            .create(
                {
                    "mail_message_id": message.id,
                    "field_id": self.env.ref("sale.field_sale_order__note").id,
                    "old_value_char": "a",
                }
            )
            .ids
        )
        rating = self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(order._name),
                "res_id": order.id,
            }
        )
        losses = {
            "what it was": lambda: told.write({"old_value_char": "b"}),
            "that it was": lambda: told.unlink(),
            "by the message": lambda: message.with_user(boss).write(
                {"tracking_value_ids": [Command.clear()]}
            ),
            "rating": lambda: rating.with_user(boss).unlink(),
            "order": lambda: order.unlink(),
            "message": lambda: message.unlink(),
            "words": lambda: message.write({"body": "Never"}),
            "file": lambda: scan.unlink(),
            "content": lambda: scan.write({"raw": b"b"}),
            "moved": lambda: scan.write({"res_id": order.copy().id}),
            "transfer": lambda: picking.unlink(),
            "entry": lambda: order.archive_entry_ids.unlink(),
            "evidence": lambda: order.archive_entry_ids.evidence_ids.unlink(),
            "rewritten": lambda: order.archive_entry_ids.write({"note": "x"}),
        }
        with freeze_time("2027-01-31 10:00:00"):
            for name, lose in losses.items():
                with self.subTest(name), self.assertRaises(UserError):
                    with self.env.cr.savepoint():
                        lose()
            # what says nothing, and what was written already, passes
            scan.write({"raw": b"a"})
            message.write({"starred_partner_ids": []})
        with freeze_time("2027-02-02 10:00:00"), self.env.cr.savepoint():
            message.unlink()
            scan.unlink()

    def _check_reopened(self, order):
        wizard = {"mode": "reopen", "note": "Wrong price on the invoice"}
        with self.assertRaises(AccessError):
            self._rpc(
                self.salesman,
                self._wizard(self.salesman, order, **wizard),
                "action_confirm",
            )
        with self.assertRaisesRegex(UserError, "Say why"):
            self._rpc(
                self.keeper,
                self._wizard(self.keeper, order, mode="reopen"),
                "action_confirm",
            )
        self._rpc(
            self.keeper, self._wizard(self.keeper, order, **wizard), "action_confirm"
        )
        self.assertEqual((order.archived_on, order.progress), (False, "settled"))
        self.assertEqual(order.archive_entry_ids[0].user_id, self.keeper)
        self.assertIn("Wrong price", str(order.message_ids[0].body))
        # and again without an item in force: the checklist is data
        order.with_user(self.supervisor).write({"note": "Changed"})
        self._end_of_transaction()
        self._rpc(self.salesman, order, "action_archive_papers")
        self.assertTrue(order.archived_on)

    def test_issued_forms_count(self):
        """[AFS-4] a form that was issued for the order or its transfer is there; what
        is undecided about the order is named."""
        order = self._closed_order()
        items = self.env["order.archive.item"]
        for code in ("F30", "F18"):
            form = self.env["order.form"]._by_code(code)
            item = items.create(
                {"name": f"Copy of {code}", "kind": "form", "form_id": form.id}
            )
            record = order if code == "F30" else order.picking_ids[:1]
            message = order._open_conditions_message("archive")
            self.assertIn(item.name, message)
            self.env["order.form.issue"]._record_issues(form, record, printed=False)
            message = order._open_conditions_message("archive") or ""
            self.assertNotIn(item.name, message)
        case = self.env["order.change.request"].sudo()
        self.assertFalse(order._open_conditions_message("archive"))
        change = case.create({"order_id": order.id})
        self.assertIn(change.display_name, order._open_conditions_message("archive"))
