from odoo import fields
from odoo.tools import mute_logger

from ..common import OrderCommon

WORKER = "odoo.addons.order_process_cn.models.mechanism.order_recheck_worker"
SQL_LOGS = ("odoo.sql_db", WORKER)


class WorkerCommon(OrderCommon):
    """An order type that confirms by itself, and an empty queue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order_type.confirms_automatically = True
        cls.queue = cls.env["order.recheck"]
        cls.queue.search([]).unlink()

    def _approve_all(self, count):
        """Return approved orders that the worker is to confirm."""
        orders = self.env["sale.order"]
        for _number in range(count):
            orders |= self._approve()
        return orders.sudo()

    def _poison(self, order):
        """Let the database refuse that ``order`` is confirmed, with an error that no
        code expects."""
        self._begin()
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION poison() RETURNS trigger AS $$
            BEGIN RAISE 'poisoned'; END $$ LANGUAGE plpgsql;
            CREATE TRIGGER poison BEFORE UPDATE ON sale_order FOR EACH ROW
            WHEN (NEW.id = %s AND NEW.state = 'sale') EXECUTE FUNCTION poison()
            """,
            [order.id],
        )

    def _heal(self):
        self.env.cr.execute("DROP TRIGGER poison ON sale_order")

    @mute_logger(*SQL_LOGS)
    def _work(self):
        """Run the worker when all that waits is due again."""
        waiting = self.queue.search([("state", "=", "waiting")])
        waiting.write({"not_before": False})
        self.env.flush_all()
        self._run_worker()

    def _rows_of(self, records):
        return self.queue.search(
            [("res_model", "=", records._name), ("res_id", "in", records.ids)]
        )

    def _marked_topics(self, records):
        """Return the topics for which ``records`` wait now, and forget them."""
        self._end_of_transaction()
        now = fields.Datetime.now()
        rows = self._rows_of(records).filtered(
            lambda row: not row.not_before or row.not_before <= now
        )
        topics = set(rows.mapped("topic"))
        rows.unlink()
        return topics
