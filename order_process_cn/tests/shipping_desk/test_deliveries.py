from lxml import etree

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from ..delivery.delivery_common import DeliveryCommon

OURS = "order_process_cn.stock_picking_"


@tagged("post_install", "-at_install")
class TestDeliveries(DeliveryCommon):
    """[SHP-1] [SHP-4] what has left and is not done with, as the desk filters it."""

    def _filter(self, name):
        """Return the deliveries that a filter of the desk shows the warehouse."""
        view = etree.fromstring(self.env.ref(OURS + "view_search_desk").arch)
        (node,) = view.xpath(f"//filter[@name='{name}']")
        domain = safe_eval(self.env.ref(OURS + "action_desk").domain)
        domain += safe_eval(node.get("domain"))
        pickings = self.env["stock.picking"].with_user(self.stocker)
        return pickings.search([*domain, ("id", "in", self.pickings.ids)]).sudo()

    def test_from_ready_to_received(self):
        """[SHP-1] to deliver, on the way, receipt due, done."""
        with freeze_time("2026-05-18 02:00"):
            self.pickings = picking = self._guided_order().picking_ids
            picking.scheduled_date = fields.Datetime.now()
            self.assertEqual(self._filter("leaves_today"), picking)
            self.assertEqual(self._filter("open"), picking)
            self._ship(picking.sale_id)
            picking.expected_arrival = "2026-05-20 02:00"
            self.assertFalse(self._filter("leaves_today"))
            self.assertEqual(self._filter("done_today"), picking)
            self.assertEqual(self._filter("on_the_way"), picking)
            self.assertFalse(self._filter("receipt_due"))
        with freeze_time("2026-05-20 03:00"):
            self.assertFalse(self._filter("on_the_way"))
            self.assertEqual(self._filter("receipt_due"), picking)
            self.assertEqual(self._filter("open"), picking)
            self.assertFalse(self._filter("papers_missing"))
            self._sign_receipt(picking)
            self.assertFalse(self._filter("receipt_due") | self._filter("open"))

    def test_card_of_whoever_delivers(self):
        """[SHP-1] [SHP-6] where to and whom to call; as many queries for one card as
        for three."""
        self.partner.write({"phone": "021-5555", "street": "1 Pump Road"})
        self.pickings = self.env["stock.picking"]
        for _number in range(3):
            self.pickings |= self._shipped()
        names = {"receiver_text", "receiver_phone", "receipt_count"}
        own = self.pickings.with_user(self.stocker)
        card = self._rpc(self.stocker, own[:1], "read", [*names])[0]
        self.assertIn("1 Pump Road", card["receiver_text"])
        self.assertEqual(card["receiver_phone"], "021-5555")

        def count(records):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            records.read([*names])
            return self.cr.sql_log_count - before

        self.assertEqual(count(own[:1]), count(own))
