import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..common import DEPARTMENTS, OrderCommon

# what a client may try on a file that is evidence
TRIES = {
    "name": "other.png",
    "raw": "forged",
    "datas": base64.b64encode(b"forged").decode(),
    "mimetype": "text/plain",
    "type": "url",
    "url": "https://example.com/other.png",
    "res_model": "res.partner",
    "res_id": 1,
    "res_field": "image_1920",
    "public": True,
    "company_id": 1,
    "description": "other",
}


@tagged("post_install", "-at_install")
class TestEvidence(OrderCommon):
    """[CSN-4] [SEC-2] B6, D5: evidence is a copy that belongs to its record; nobody
    alters or deletes it, and verification looks at its content."""

    def _make_scene(self):
        self.order = self._submit()
        self.review = self.order.sudo().review_id
        self.task = self.review.task_ids.filtered(lambda task: task.state == "open")

    def _upload(self, user=None, raw=b"scan", **values):
        return (
            self.env["ir.attachment"]
            .with_user(user or self.clerk)
            .create({"name": "scan.png", "raw": raw, **values})
        )

    def _register(self, attachments):
        self._rpc(
            self.clerk,
            self.task,
            "action_register",
            "agree",
            self.supervisor.id,
            "paper",
            attachments.ids,
        )
        return self.task.signature_id.evidence_ids

    def _returned(self, attachments, user=None):
        self._rpc(
            user or self.salesman,
            self.order,
            "action_register_return",
            "returned",
            "Mr Li",
            attachments.ids,
        )
        return self.order.sudo().statement_ids[:1]

    def _kept_files(self):
        """Return a file of every kind of record that keeps some."""
        scan = self._upload(self.salesman)
        return {
            "signature": self._register(self._upload()),
            "statement": self._returned(scan).evidence_ids,
            "anchor": self._make_anchor().evidence_ids,
        }

    def _make_anchor(self):
        self.env["order.review.anchor"]._cron_anchor()
        return self.env["order.review.anchor"].search([], limit=1)

    # -- a copy ----------------------------------------

    def test_the_source_stays_as_it_is(self):
        place = {"res_model": "res.partner", "res_id": self.partner.id}
        source = self._upload(self.env.ref("base.user_admin"), **place)
        kept = self._register(source)
        self.assertNotEqual(kept, source)
        self.assertEqual(
            (kept.res_model, kept.res_id, kept.raw),
            ("order.review.signature", self.task.signature_id.id, b"scan"),
        )
        self.assertEqual(
            {"res_model": source.res_model, "res_id": source.res_id}, place
        )
        source.write({"raw": b"other"})
        source.unlink()
        self.assertEqual(kept.raw, b"scan")
        self.assertFalse(self.review._find_tampering())

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_what_the_clerk_may_not_read(self):
        secret = self._upload(self.administrator)
        with self.assertRaises(AccessError):
            self._register(secret)
        with self.assertRaises(AccessError):
            self._returned(secret)
        self.assertEqual(self.task.state, "open")

    def test_who_may_read_the_record_sees_the_file(self):
        kept = self._register(self._upload())
        for user in (self.supervisor, self.salesman, self.administrator):
            self.assertEqual(kept.with_user(user).raw, b"scan")
        with self.assertRaises(AccessError):
            kept.with_user(self.gm).read(["raw"])

    # -- nobody alters it ----------------------------------------

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_nobody_writes_or_deletes_it(self):
        everybody = [
            self.salesman,
            self.supervisor,
            self.clerk,
            self.administrator,
            self.env.ref("base.user_admin"),
        ]
        for kind, kept in self._kept_files().items():
            content = kept.raw
            for user in everybody:
                for name, value in TRIES.items():
                    with self.subTest(f"{kind} {user.login} {name}"):
                        with self.assertRaises(UserError), self.cr.savepoint():
                            self._rpc(user, kept, "write", {name: value})
                with self.assertRaises(UserError), self.cr.savepoint():
                    self._rpc(user, kept, "unlink")
            for name, value in TRIES.items():
                with self.assertRaisesRegex(UserError, "cannot be altered"):
                    kept.sudo().write({name: value})
            with self.assertRaisesRegex(UserError, "cannot be deleted"):
                kept.sudo().unlink()
            self.env.invalidate_all()
            self.assertEqual(kept.raw, content)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_nobody_hangs_another_file_on_a_record(self):
        self._register(self._upload())
        record = self.task.signature_id
        for user in (self.salesman, self.clerk, self.administrator):
            own = self._upload(user)
            place = {"res_model": record._name, "res_id": record.id}
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._rpc(user, own, "write", place)
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._upload(user, **place)

    def test_other_files_are_as_in_plain_odoo(self):
        own = self._upload(self.salesman)
        own.write({"name": "new.png", "raw": b"new"})
        self.assertEqual(own.raw, b"new")
        own.unlink()

    def test_files_move_between_disk_and_database(self):
        """What writes the same content again, as core's migration does, passes."""
        kept = self._register(self._upload())
        kept.sudo()._migrate()
        self.assertEqual(kept.raw, b"scan")
        self.assertFalse(self.review._find_tampering())

    # -- it is verified ----------------------------------------

    def _alter(self, statement, **values):
        self.env.flush_all()
        self.env.cr.execute(SQL(statement, **values))
        self.env.invalidate_all()

    def test_a_scan_exchanged_by_sql(self):
        kept = self._register(self._upload())
        other = self._upload(raw=b"forged")
        self.assertFalse(self.review._find_tampering())
        self._alter(
            "UPDATE ir_attachment SET store_fname = other.store_fname,"
            " db_datas = other.db_datas FROM ir_attachment other"
            " WHERE ir_attachment.id = %(kept)s AND other.id = %(other)s",
            kept=kept.id,
            other=other.id,
        )
        self.assertIn(
            "the evidence of record 2 was altered",
            self.review._find_tampering()[self.review],
        )

    def test_a_scan_deleted_by_sql(self):
        kept = self._register(self._upload())
        self._alter("DELETE FROM ir_attachment WHERE id = %(kept)s", kept=kept.id)
        self.assertIn(
            "the evidence of record 2 was altered",
            self.review._find_tampering()[self.review],
        )

    def test_a_statements_document(self):
        self._sign(self.order, "sales", *DEPARTMENTS)
        statement = self._returned(self._upload(self.salesman, b"signed return"))
        self.assertFalse(self.review._find_tampering())
        self._alter(
            "DELETE FROM ir_attachment WHERE id = %(kept)s",
            kept=statement.evidence_ids.id,
        )
        self.assertIn(
            "the document of a written confirmation (Mr Li) was altered",
            self.review._find_tampering()[self.review],
        )

    # -- how large ----------------------------------------

    def _limit(self, name, value):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(f"order_process_cn.{name}", value)

    def test_sizes(self):
        """What can never be deleted is limited; nothing is written before that."""
        self._limit("evidence_max_mb", 1)
        self._limit("evidence_max_files", 2)
        large = self._upload(raw=b"x" * (1024 * 1024 + 1))
        for files, words in (
            (large, "larger than 1 MB"),
            (self._upload() + self._upload() + self._upload(), "2 files at most"),
            (self._upload(raw=b""), "is empty or only a link"),
            (self._upload(type="url", url="https://example.com", raw=b""), "a link"),
        ):
            with self.subTest(words):
                with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
                    self._register(files)
                with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
                    self._returned(files, self.env.ref("base.user_admin"))
        self.assertEqual(self.review.record_count, 1)
        self.assertFalse(self.order.sudo().statement_ids)

    # -- who is named is told ----------------------------------------

    def test_who_is_named_is_told(self):
        """[CSN-4] nobody can contest what he never heard of."""
        self._register(self._upload())
        notice = self.env["mail.message"].search(
            [("subject", "like", "in your name"), ("res_id", "=", self.order.id)]
        )
        self.assertEqual(notice.notified_partner_ids, self.supervisor.partner_id)
        self.assertIn("“Agreed” in your name for “Sales”", notice.body)
        self.assertIn("Contest", notice.body)
        self.assertIn(
            "contest",
            self.order.with_user(self.supervisor).review_panel["acts"],
        )
