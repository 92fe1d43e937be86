from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL

from ...models.confirmation.statements import find_statements
from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestStatementSeal(OrderCommon):
    """[CFM-1] [SEC-2] K14: a written confirmation made or altered by SQL counts for
    nothing, as a signature made by SQL does."""

    def setUp(self):
        super().setUp()
        self.order_type.requires_return = True
        self.order = self._approve(self._order())
        self.review = self.order.sudo().review_id
        scan = self.env["ir.attachment"].with_user(self.salesman)
        scan = scan.create({"name": "return.png", "raw": b"signed return"})
        self.order.with_user(self.salesman).action_register_return(
            "returned", "Mr Li", scan.ids
        )
        self.statement = self.order.sudo().statement_ids

    def _alter(self, assignments, **values):
        self.env.flush_all()
        statement = f"UPDATE order_statement SET {assignments} WHERE id = %(id)s"
        self.env.cr.execute(SQL(statement, id=self.statement.id, **values))
        self.env.invalidate_all()

    def _counts(self):
        return self.order in find_statements(self.order.sudo(), "returned")

    def _accept(self):
        self.statement.with_user(self.clerk).action_accept()
        self.assertTrue(self._counts())
        self.assertFalse(self.review._find_tampering())

    def test_accepted_by_sql(self):
        self.assertFalse(self._counts(), "nobody has looked at it yet")
        self._alter("check_state = 'accepted'")
        self.assertFalse(self._counts())
        self.assertIn("Mr Li", self.review._find_tampering()[self.review])

    def test_each_column(self):
        self._accept()
        columns = {
            "kind": "'conditions'",
            "medium": "'portal'",
            "signed_by": "'Mr Wu'",
            "text": "'x'",
            "order_id": str(self._order().id),
            "review_id": "NULL",
            "user_id": str(self.gm.id),
            "checked_by_id": str(self.gm.id),
            "date": "date - interval '1 day'",
            "checked_on": "NULL",
            "check_remark": "'x'",
            "digests": """'{"price": "x"}'""",
            "checksum": "'x'",
            "seal": "NULL",
            "key_name": "NULL",
        }
        for name, value in columns.items():
            with self.subTest(name), self.cr.savepoint() as savepoint:
                self._alter(f"{name} = {value}")
                self.assertFalse(self.statement._is_sealed())
                savepoint.rollback()
            self.env.invalidate_all()
        self.assertTrue(self._counts())

    def test_a_statement_of_ones_own(self):
        """Copied row by row, seal and all."""
        self._accept()
        self.env.cr.execute(
            SQL(
                "INSERT INTO order_statement (order_id, company_id, review_id, kind,"
                " medium, user_id, signed_by, date, check_state, digests, checksum,"
                " seal, key_name) SELECT order_id, company_id, review_id,"
                " 'conditions', medium, user_id, signed_by, date, check_state,"
                " digests, checksum, seal, key_name FROM order_statement"
                " WHERE id = %s RETURNING id",
                self.statement.id,
            )
        )
        forged = self.statement.browse(self.env.cr.fetchone()[0])
        self.assertFalse(forged._is_sealed())

    def test_from_before_there_was_a_key(self):
        """What was recorded before goes on counting."""
        self._accept()
        self._alter("seal = NULL, key_name = NULL, date = '2020-01-01'")
        self.assertTrue(self.statement._is_sealed())
        self._alter("date = %(now)s", now=fields.Datetime.now())
        self.assertFalse(self.statement._is_sealed())
