from pathlib import Path

from odoo.tests import tagged
from odoo.tools import SQL, config

from ...tools import chain_key, hash_chain
from ..common import OrderCommon

PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
OTHER_PICTURE = PICTURE.replace("WjR9", "XjR9")


@tagged("post_install", "-at_install")
class TestRecords(OrderCommon):
    """[SEC-2] K14: verification acts the records through and compares everything that
    SQL could have changed."""

    def _make_scene(self):
        self.order = self._approve(self._order())
        self.review = self.order.sudo().review_id
        self.records = self.review.signature_ids.sorted("number")
        self.assertFalse(self.review._find_tampering())

    def _alter(self, statement, **values):
        self.env.flush_all()
        self.env.cr.execute(SQL(statement, review=self.review.id, **values))
        self.env.invalidate_all()

    def _assert_found(self, words):
        self.assertRegex(self.review._find_tampering().get(self.review, ""), words)

    # -- every column of a record and of a seat ----------------------------------------

    def test_each_column_of_a_record(self):
        """Whatever SQL changes in a record is found."""
        record = self.records[2]
        columns = {
            "number": "number + 100",
            "round": "round + 1",
            "date": "date - interval '1 day'",
            "act": "'conditional'",
            "task_id": f"{self.records[3].task_id.id}",
            "stage_no": "0",
            "seat_names": """'{"en_US": "x"}'""",
            "user_id": f"{self.gm.id}",
            "signer_name": "'x'",
            "principal_id": f"{self.gm.id}",
            "principal_name": "'x'",
            "medium": "'paper'",
            "signed_on": "date '2020-01-01'",
            "opinion": "'x'",
            "conditions": "'x'",
            "answers": """'[{"name": {}, "answer": "doubt", "note": ""}]'""",
            "digests": """'{"price": "x"}'""",
            "details": """'{"again": [2]}'""",
            "previous_hash": "hash",
            "hash": "previous_hash",
            "key_name": "NULL",
            "review_id": f"{self._approve(self._order()).sudo().review_id.id}",
            "drawing": "'x'::bytea",
        }
        stored = {
            name
            for name, field in record._fields.items()
            if field.store and field.column_type
        }
        self.assertEqual(stored - {"id"}, set(columns), "a column nobody looks at")
        for name, value in columns.items():
            with self.subTest(name), self.cr.savepoint() as savepoint:
                offset = "number + 100" if name == "review_id" else "number"
                if name == "number":
                    offset = value
                self._alter(
                    f"UPDATE order_review_signature SET number = {offset}"
                    + (f", {name} = {value}" if name != "number" else "")
                    + " WHERE id = %(record)s",
                    record=record.id,
                )
                self.assertTrue(self.review._find_tampering())
                savepoint.rollback()
            self.env.invalidate_all()

    def test_dates_run_forward(self):
        """Also where a whole chain was made with the key: a server's clock set back."""
        stamp = self.records[0].date.replace(year=2020)
        self._rehash({self.records[-1].id: {"date": stamp}})
        self._assert_found("date of record 7 runs backwards")

    def _rehash(self, changes, key=...):
        """Make the whole chain anew; with the server's key, or another one."""
        if key is ...:
            key = self.records._get_current_key()
        head = self.records[0].previous_hash
        for record in self.records:
            values = changes.get(record.id, {})
            content = record._stored_content() | {
                name: value if name != "date" else str(value)
                for name, value in values.items()
            }
            digest = hash_chain.link(head, content, key)
            self.env.cr.execute(
                SQL(
                    "UPDATE order_review_signature SET previous_hash = %s, hash = %s,"
                    " key_name = %s, date = %s, opinion = %s WHERE id = %s",
                    head,
                    digest,
                    key and key.name,
                    values.get("date", record.date),
                    values.get("opinion", record.opinion or None),
                    record.id,
                )
            )
            head = digest
        self._alter(
            "UPDATE order_review SET head = %(head)s WHERE id = %(review)s", head=head
        )

    # -- computed anew ----------------------------------------

    def test_computed_anew_without_a_key(self):
        last = self.records[-1].id
        self._rehash({last: {"opinion": "forged"}}, key=None)
        self._assert_found("record 1 was altered")

    def test_computed_anew_with_another_key(self):
        name = self.records._get_current_key().name
        for key in (
            chain_key.ChainKey(name, "guessed"),
            chain_key.ChainKey("mine", "guessed"),
        ):
            with self.subTest(key.name), self.cr.savepoint() as savepoint:
                self._rehash({self.records[-1].id: {"opinion": "forged"}}, key=key)
                self._assert_found("record 1 was altered|“mine” is missing")
                savepoint.rollback()
            self.env.invalidate_all()

    def test_records_from_before_there_was_a_key(self):
        """They verify, and it is said that they prove less."""
        self.patch(
            type(self.records), "_get_chain_keys", lambda self: {}
        )  # a server that has just been upgraded
        self._rehash({}, key=None)
        self.assertFalse(self.review._find_tampering())
        self.assertFalse(self.order._find_review_gaps())
        told = self.review.with_user(self.administrator).action_verify()["params"]
        self.assertEqual(told["type"], "success")
        self.assertIn("7 of them were made before there was a key", told["message"])

    def test_keys_are_changed(self):
        """[SEC-2] a new key for new records; the old one goes on verifying."""
        option = "second:abc"
        self._configure(option)
        order = self._approve(self._order())
        names = order.sudo().review_id.signature_ids.mapped("key_name")
        self.assertEqual(set(names), {"second"})
        self.assertFalse(self.review._find_tampering())
        self._configure(False)
        reason = order.sudo().review_id._find_tampering()[order.sudo().review_id]
        self.assertIn("the key “second” is missing on this server", reason)
        self.assertIn("“second”", order._find_review_gaps()[order])
        self._configure(f"third:def:20261127T000000,{option}")
        self.assertFalse(order.sudo().review_id._find_tampering())
        self.assertFalse(order._find_review_gaps())

    def _configure(self, option):
        self.patch(config, "options", {**config.options, "order_chain_key": option})

    def test_a_key_that_cannot_be_read_stops_signing(self):
        """It is never silently done without one, and the words say what to do."""
        self._configure("no colon")
        with self.assertRaisesRegex(Exception, "order_chain_key"):
            self._submit(self._order())

    def test_the_key_file(self):
        """Made once, for its owner only, where no attachment can point to."""
        folder = config.filestore(self.env.cr.dbname)
        path = f"{folder}/{chain_key.FILE_NAME}"
        self.assertEqual(Path(path).stat().st_mode & 0o777, 0o600)
        attachments = self.env["ir.attachment"]
        self.assertNotEqual(attachments._full_path(chain_key.FILE_NAME), path)

    # -- seats, state, runs ----------------------------------------

    def test_a_decision_wiped_from_its_seat(self):
        self._alter(
            "UPDATE order_review_task SET state = 'open', decision = NULL,"
            " signature_id = NULL WHERE id = %(task)s;"
            "UPDATE order_review SET state = 'running' WHERE id = %(review)s",
            task=self.review.task_ids[-1].id,
        )
        self._assert_found("says something else than its record")

    def test_runs_that_were_exchanged(self):
        self.order.with_user(self.salesman).action_cancel()
        self.order.with_user(self.salesman).action_draft()
        self._approve(self.order)
        second = self.order.sudo().review_id
        self.assertEqual(second.previous_id, self.review)
        self.assertFalse(second._find_tampering())
        self._alter(
            "UPDATE order_review SET previous_id = NULL WHERE id = %(second)s",
            second=second.id,
        )
        self.review = second
        self._assert_found("does not continue the run before it")

    # -- drawings ----------------------------------------

    def test_a_drawing_exchanged(self):
        self.route.stage_ids[0].requires_drawing = True
        order = self._submit(self._order())
        self._sign(order, "sales", drawing=PICTURE)
        self.review = order.sudo().review_id
        self.assertFalse(self.review._find_tampering())
        for value in (OTHER_PICTURE.encode(), None):
            self._alter(
                "UPDATE order_review_signature SET drawing = %(drawing)s"
                " WHERE review_id = %(review)s AND act = 'agree'",
                drawing=value,
            )
            self._assert_found("the drawn signature of record 2 was altered")

    # -- a cut end ----------------------------------------

    def _anchor(self):
        self.env["order.review.anchor"]._cron_anchor()
        self.env.flush_all()
        return self.env["order.review.anchor"].search([], limit=1)

    def _cut(self):
        """Take the last two records away so that nothing is left that contradicts."""
        *_others, kept, _one, last = self.records
        gone = self.records[-2:]
        self._alter(
            "UPDATE order_review_task SET state = 'open', decision = NULL,"
            " signature_id = NULL, decided_by_id = NULL WHERE id IN %(tasks)s;"
            "DELETE FROM order_review_signature WHERE id IN %(gone)s;"
            "UPDATE order_review SET head = %(head)s, record_count = %(count)s,"
            " state = 'running' WHERE id = %(review)s",
            tasks=tuple(gone.task_id.ids),
            gone=tuple(gone.ids),
            head=kept.hash,
            count=kept.number,
        )

    def test_a_cut_end_is_found_by_the_anchor(self):
        """B: without an anchor the rest of the chain is sound in itself."""
        anchor = self._anchor()
        self.assertIn(str(self.review.id), anchor.heads)
        self._cut()
        self._assert_found("records that were there on .* are missing")

    def test_a_cut_end_without_an_anchor(self):
        self._cut()
        self.assertFalse(self.review._find_tampering(), "nothing else shows it")

    def test_anchors_are_mailed_and_chained(self):
        first = self._anchor()
        self.assertEqual(self._anchor(), first, "nothing went on")
        self.review.with_user(self.supervisor).action_comment("Fine")
        second = self._anchor()
        self.assertEqual(second.previous_hash, first.hash)
        self.assertEqual(second.heads, {str(self.review.id): [8, self.review.head]})
        mail = self.env["mail.mail"].search([("subject", "like", "anchor")], limit=1)
        self.assertIn(self.administrator.partner_id, mail.recipient_ids)
        self.assertIn(self.review.head, mail.attachment_ids.raw.decode())
        anchors = self.env["order.review.anchor"]
        self.assertFalse(anchors._find_tampering())
        self._alter(
            "UPDATE order_review_anchor SET heads = '{}' WHERE id = %(anchor)s",
            anchor=first.id,
        )
        self.assertIn("was altered", anchors._find_tampering())

    def test_the_schedule_is_sliced(self):
        """B17: what was looked at this week is not looked at again."""
        reviews = self.env["order.review"]
        self.review._audit()
        self.assertNotIn(self.review, reviews.search(reviews._get_audit_domain()))
        self.review.checked_on = "2020-01-01"
        self.assertIn(self.review, reviews.search(reviews._get_audit_domain()))

    def test_the_sheet_says_so(self):
        """[REV-7] the countersign sheet of an altered review is no proof on paper."""
        self.assertFalse(self.review._get_form_watermark())
        self._alter(
            "UPDATE order_review_task SET opinion = 'forged'"
            " WHERE review_id = %(review)s"
        )
        self.assertEqual(self.review._get_form_watermark(), "Records altered")

    def test_many_are_verified_at_once(self):
        """The number of queries does not grow with the number of reviews."""
        orders = [self._approve(self._order()) for _number in range(4)]
        reviews = self.env["order.review"].concat(
            *(order.sudo().review_id for order in orders)
        )

        def cost(some):
            self._begin()
            before = self.env.cr.sql_log_count
            self.assertFalse(some._find_tampering())
            return self.env.cr.sql_log_count - before

        cost(reviews)
        self.assertEqual(cost(reviews[:2]), cost(reviews))
