from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .delivery_common import DeliveryCommon

F19 = "order_process_cn.report_f19_shipping_notice"


@tagged("post_install", "-at_install")
class TestShippingNotice(DeliveryCommon):
    """[SHP-3] 发货告知书 F19: the customer is told before the goods arrive."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner.email = "buyer@example.com"

    def _on_its_way(self, **values):
        picking = self._delivered()
        picking.write(
            {
                "carrier_id": self.carrier.id,
                "carrier_tracking_ref": "DP123",
                "packages": 7,
                "expected_arrival": "2030-01-05 06:00:00",
                **values,
            }
        )
        return picking

    def _compose(self, picking, user=None, **values):
        user = user or self.salesman
        action = self._rpc(user, picking, "action_notify_customer")
        composer = self.env[action["res_model"]].with_user(user)
        return composer.with_context(**action["context"]).create(values)

    def test_sent_by_mail(self):
        """[SHP-3] the composer has the paper; when it has gone, that is noted."""
        picking = self._on_its_way()
        composer = self._compose(picking)
        self.assertEqual(composer.attachment_ids.name, f"{self._spell(picking)}.html")
        self.assertFalse(picking.notified_on)
        with freeze_time("2030-01-03 06:00:00"):
            composer._action_send_mail()
        self.assertEqual(str(picking.notified_on), "2030-01-03 06:00:00")
        self.assertFalse(picking.notice_is_late)
        self.env.cr.precommit.run()
        event = self.env["order.event"].search(
            [("res_id", "=", picking.sale_id.id), ("code", "=", "notified")]
        )
        self.assertTrue(event)

    def _spell(self, picking):
        return f"{picking.name.replace('/', '-')} F19"

    def test_sent_to_somebody_else(self):
        """[SHP-3] a message that does not go to the customer is no notice."""
        picking = self._on_its_way()
        colleague = self.supervisor.partner_id
        composer = self._compose(picking, partner_ids=colleague.ids)
        composer.partner_ids = colleague
        composer._action_send_mail()
        self.assertFalse(picking.notified_on)

    def test_paper(self):
        """[FRM-1] by what, how many pieces, when, whom to ask; in his language."""
        picking = self._on_its_way(vehicle_plate="沪A12345")
        html = self.env["ir.actions.report"].with_user(self.stocker)
        text = html._render_qweb_html(F19, picking.ids)[0].decode()
        for words in (
            "Deppon",
            "DP123",
            "https://track.example/DP123",
            "沪A12345",
            self.company._spell_instant(picking.expected_arrival),
            "ISG-50",
            self.salesman.name,
        ):
            self.assertIn(words, text)

    def test_what_is_missing(self):
        """[SHP-3] everything that is missing, at once."""
        picking = self._guided_order().picking_ids
        for words in (
            "has not left",
            "enter carrier, tracking number or license plate",
            "enter the expected arrival",
        ):
            with self._refused(words):
                self._rpc(self.salesman, picking, "action_notify_customer")

    def test_late(self):
        """[SHP-3] told after the goods were expected: a warning."""
        picking = self._on_its_way(expected_arrival="2030-01-05 06:00:00")
        with freeze_time("2030-01-05 05:00:00"):
            picking.invalidate_recordset()
            self.assertFalse(picking.notice_is_late)
        with freeze_time("2030-01-05 07:00:00"):
            picking.invalidate_recordset()
            self.assertTrue(picking.notice_is_late)
            composer = self._compose(picking)
            composer._action_send_mail()
            self.assertTrue(picking.notice_is_late)

    def test_who_may(self):
        """[SEC-1] whoever may write the transfer; nobody writes when it was sent."""
        picking = self._on_its_way()
        muted = mute_logger("odoo.orm.models", "odoo.addons.base.models.ir_rule")
        with muted, self.assertRaises(AccessError):
            self._rpc(
                self._user("colleague", "base.group_user"),
                picking,
                "action_notify_customer",
            )
        back = self._return(picking, 1)
        with self._refused("No delivery of a sales order"):
            self._rpc(self.salesman, back, "action_notify_customer")

    def test_arrival_is_followed(self):
        """[SHP-3] [SLA-1] from leaving to arrival there is a limit."""
        limit = self.env.ref("order_process_cn.order_time_limit_p28_arrival")
        limit.active = True
        order = self._guided_order()
        with freeze_time("2030-01-02 02:00:00"):
            picking = self._ship(order)
        run = self.env["order.time.limit.run"].search([("rule_id", "=", limit.id)])
        self.assertEqual(run.state, "running")
        with freeze_time("2030-01-03 02:00:00"):
            picking.with_user(self.stocker).arrived_on = "2030-01-03 02:00:00"
        self.assertEqual(run.state, "met")
