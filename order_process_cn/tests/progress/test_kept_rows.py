from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..schedule.schedule_common import ScheduleCommon

CHANGES = {
    "order date": "UPDATE sale_order SET commitment_date = commitment_date - "
    "INTERVAL '3 days' WHERE id = %(order)s",
    "cancelled": "UPDATE sale_order SET state = 'cancel' WHERE id = %(order)s",
    "brought back": "UPDATE sale_order SET state = 'sale' WHERE id = %(order)s",
    "quantity": "UPDATE sale_order_line SET product_uom_qty = 7 "
    "WHERE order_id = %(order)s",
    "part": "UPDATE order_delivery_part SET quantity = 3 WHERE id IN "
    "(SELECT min(id) FROM order_delivery_part WHERE order_line_id = %(line)s)",
    "part deleted": "DELETE FROM order_delivery_part WHERE id IN "
    "(SELECT max(id) FROM order_delivery_part WHERE order_line_id = %(line)s)",
    "moved": "UPDATE stock_move SET date = date - INTERVAL '9 days' "
    "WHERE sale_line_id = %(line)s",
    "undone": "UPDATE stock_move SET state = 'assigned' WHERE sale_line_id = %(line)s",
    "unit": "UPDATE uom_uom SET factor = factor * 2 WHERE id IN "
    "(SELECT product_uom_id FROM sale_order_line WHERE id = %(line)s)",
    "kind of product": "UPDATE product_template SET type = 'service' WHERE id = "
    "(SELECT product_tmpl_id FROM product_product p JOIN sale_order_line l "
    "ON l.product_id = p.id WHERE l.id = %(line)s)",
    "step": "INSERT INTO order_event (res_model, res_id, document_name, code, detail, "
    "at) VALUES ('sale.order', %(order)s, 'S', 'progress', 'shipped', now())",
    "class": "UPDATE res_partner SET order_class_id = "
    "(SELECT min(id) FROM order_customer_class) WHERE id = "
    "(SELECT partner_id FROM sale_order WHERE id = %(order)s)",
    "line deleted": "DELETE FROM sale_order_line WHERE id = %(extra)s",
}


@tagged("post_install", "-at_install")
class TestKeptRows(ScheduleCommon):
    """[ANA-1] [INT-9] reports about orders keep the rows of those that do not move;
    whatever moves one, on whichever road, they say the same as if nothing was kept."""

    def setUp(self):
        super().setUp()
        self.route.active = False
        today = self.company._calendar_day(fields.Datetime.now())
        self.order = self._scheduled(
            (4, today - timedelta(3)), (6, today + timedelta(2))
        ).sudo()
        self.order.commitment_date = self.company._start_of_day(today)
        self.line = self.order.order_line[0]
        # one that has no schedule, and no transfer
        self.extra = self.line.copy({"order_id": self.order.id})
        move = self.env["stock.move"].create(
            {
                "product_id": self.product.id,
                "product_uom": self.product.uom_id.id,
                "product_uom_qty": 5,
                "quantity": 5,
                "location_id": self.warehouse.lot_stock_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                "sale_line_id": self.line.id,
            }
        )
        move.write({"state": "done", "date": fields.Datetime.now()})
        self.env.flush_all()
        self.reports = self.env["order.kept.report.mixin"]._get_kept_reports()

    def _get_rows(self, kept, query):
        self.env.cr.execute(f"SELECT {kept.names} FROM ({query}) q ORDER BY id")
        return self.env.cr.fetchall()

    def _check(self):
        for report in self.reports:
            kept = report._kept
            self.assertEqual(
                self._get_rows(kept, kept.query),
                self._get_rows(kept, kept._all),
                report._name,
            )

    def test_same_as_reckoned(self):
        """On every road, SQL included; before the worker was there and after."""
        self.assertEqual(len(self.reports), 3)
        cr, place = self.env.cr, {"order": self.order.id, "line": self.line.id}
        self._check()
        for name, change in CHANGES.items():
            with self.subTest(name):
                for report in self.reports:
                    while report._kept.keep(cr, 1000):
                        pass
                    self.assertEqual(report._kept.count_moved(cr), 0)
                cr.execute(change, {**place, "extra": self.extra.id})
                self.assertTrue(cr.rowcount)
                self.assertTrue([r for r in self.reports if r._kept.count_moved(cr)])
                self._check()
        for report in self.reports:
            report._kept.keep(cr, 1000)
        self._check()

    def test_nothing_is_noted_without_need(self):
        """What no report reads moves nothing."""
        cr = self.env.cr
        for report in self.reports:
            while report._kept.keep(cr, 1000):
                pass
        self.order.client_order_ref = "PO 1"
        self.line.name = "Another text"
        self.partner.phone = "021"
        self.env.flush_all()
        self.assertFalse([r for r in self.reports if r._kept.count_moved(cr)])

    def test_leaves_nothing_behind(self):
        """Without the module the database notes nothing, and orders are written as
        before."""
        self.env["order.kept.report.mixin"]._drop_kept()
        self.env.cr.execute(
            "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'order%moved%'"
        )
        self.assertFalse(self.env.cr.fetchall())
        self.order.commitment_date += timedelta(1)
        self.env.flush_all()
