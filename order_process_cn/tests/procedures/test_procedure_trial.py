from datetime import datetime, timedelta

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import OrderCommon

OWN_TABLES = {"order_procedure_trial", "order_procedure_trial_line"}


@tagged("post_install", "-at_install")
class TestProcedureTrial(OrderCommon):
    """[PRC-2] a procedure is tried on the company's own orders of the past."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = cls.order_type.active = False
        cls.env["order.deposit.rule"].search([]).active = False
        cls.special = cls.env.ref("order_process_cn.order_type_special")
        cls.boss = cls._user(
            "boss",
            "order_process_cn.order_group_manager,"
            "sales_team.group_sale_salesman_all_leads",
        )

    def _trial(self, code, **values):
        procedure = self.env["order.procedure"].search([("code", "=", code)])
        trials = self.env["order.procedure.trial"].with_user(self.boss)
        trial = trials.create({"procedure_id": procedure.id, **values})
        trial.action_run()
        return trial

    def _past(self, days, **values):
        order = self._order(**values).sudo()
        order.date_order = datetime.now() - timedelta(days=days)
        return order

    def _everything(self):
        """Return rows of each table, what sequences have given, and chain heads."""
        self.env.flush_all()
        tables = self.env.execute_query(
            self._sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        )
        counts = {
            table: self.env.execute_query(
                self._sql(f'SELECT count(*), max(xmin::text::bigint) FROM "{table}"')
            )
            for (table,) in tables
            if table not in OWN_TABLES
        }
        given = self.env.execute_query(
            self._sql("SELECT sequencename, last_value FROM pg_sequences")
        )
        own = {f"{table}_id_seq" for table in OWN_TABLES}
        sequences = {name: value for name, value in given if name not in own}
        heads = self.env.execute_query(
            self._sql("SELECT id, head, digest FROM order_review ORDER BY id")
        )
        return counts, sequences, heads

    def _sql(self, text):
        return SQL(text.replace("%", "%%"))

    def test_who_would_have_signed(self):
        """The types of the day, seats with names, what nobody could sign, deposits,
        issue days; nothing of it is written."""
        first = self._past(80)
        first.action_confirm()
        first.date_order = datetime.now() - timedelta(days=80)
        again = self._past(40)
        special = self._past(20, order_type_id=False)
        special.write({"order_type_id": self.special.id, "order_type_reason": "Asked"})
        old = self._past(200)
        self.departments["engineering"].member_ids = [Command.clear()]
        self.departments["engineering"].head_id = False
        before = self._everything()
        trial = self._trial("P00")
        after = self._everything()
        self.assertEqual(before[1:], after[1:])
        self.assertEqual(before[0], after[0])
        lines = trial.line_ids
        self.assertNotIn(old, lines.order_id)
        kinds = {line.order_id: line.order_type_id for line in lines}
        unfamiliar = self.env.ref("order_process_cn.order_type_unfamiliar")
        standard = self.env.ref("order_process_cn.order_type_standard")
        self.assertEqual(
            [kinds[o] for o in (first, again, special)],
            [unfamiliar, standard, self.special],
        )
        outcome = {(line.order_id, line.kind): line for line in lines}
        self.assertIn("has nobody", outcome[first, "never"].people)
        self.assertEqual(outcome[first, "sign"].people, self.signers["quality"].name)
        self.assertIn((special, "none"), outcome)
        self.assertIn("could never", trial.summary)
        action = trial.action_open_lines()
        self.assertEqual(action["domain"], [("trial_id", "=", trial.id)])

    def test_what_would_have_been_waited_for(self):
        """Deposit and issue day of P10; the same as if it were switched on."""
        order = self._past(20)
        order.write({"order_type_id": self.special.id, "order_type_reason": "Asked"})
        window = self.env.ref("order_process_cn.order_issue_window_p10")
        # not on a day on which it is issued at once
        order.date_order = datetime(2026, 3, 3, 4)  # a Tuesday
        trial = self._trial("P10", scope="count", number=500)
        lines = trial.line_ids.filtered(lambda line: line.order_id == order)
        outcome = {line.kind: line for line in lines}
        self.assertAlmostEqual(outcome["deposit"].amount, order.amount_total * 0.3)
        self.assertEqual(outcome["window"].wait_days, 2)
        self.assertEqual(outcome["window"].step, window.name)
        routes = self.env["order.procedure"].search([("code", "=", "P10")])
        routes = routes._get_configuration("order.review.route")
        signs = lines.filtered(lambda line: line.kind in {"sign", "never"})
        self.assertEqual(signs.route_id & routes, signs.route_id)
        self.assertIn("deposit", trial.summary)

    def test_sets_and_not_loops(self):
        """Five times as many orders cost hardly more queries."""
        for days in range(1, 4):
            self._past(days)
        self.env.flush_all()

        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._trial("P01")
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for days in range(4, 16):
            self._past(days)
        self.env.flush_all()
        self.assertLessEqual(count(), few + 8)
