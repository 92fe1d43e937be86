from odoo import Command, fields

from .scenes_common import Scene
from .scenes_money import MoneyScenes

SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


class ShippingScenes(MoneyScenes):
    """What is done before goods leave."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.packer = cls.staff["packer"]

    def _guarded_order(self):
        """Return an order whose goods leave on a release only."""
        self.order_type.write(
            {
                "asks_shipping_release": True,
                # whatever other scenes have it wait for
                "issue_window_id": False,
                "requires_technical": False,
                "requires_drawing": False,
                "requires_stock_decision": False,
            }
        )
        self.rule.active = False
        order = self._deposit_order()
        order.picking_ids.move_ids._action_assign()
        return order

    def _shipping_draft(self):
        action = self._guarded_order().with_user(self.salesman)
        action = action.action_request_shipping()
        return self.env["order.shipping.release"].browse(action["res_id"])

    def _shipping_request(self):
        release = self._shipping_draft()
        release.with_user(self.salesman).action_request()
        return release

    def scene_order_suspension_wizard__action_confirm(self):
        """[CFM-8] what was suspended goes on."""
        wizards = self.env["order.suspension.wizard"].with_user(self.sales_manager)
        values = {"order_id": self._guarded_order().id, "reason": "He has paid"}
        wizards.create({**values, "mode": "suspend"}).action_confirm()
        return Scene(self.sales_manager, wizards.create({**values, "mode": "resume"}))

    def scene_order_archive_wizard__action_confirm(self):
        """[AFS-4] an order whose papers are filed is reopened."""
        order = self._deposit_order().sudo()
        now = fields.Datetime.now()
        order.closed_on = now
        order.archived_on = now
        wizards = self.env["order.archive.wizard"].with_user(self.sales_manager)
        values = {"order_id": order.id, "mode": "reopen", "note": "Wrong price"}
        return Scene(self.sales_manager, wizards.create(values))

    # -- fines and rewards -------------------------------------------------------------

    def _ledger_entry(self, **values):
        """Return what is proposed about an assistant, and who decides on it."""
        order = self._deposit_order().sudo()
        self._end_of_transaction()
        event = self.env["order.event"].search(
            [("res_model", "=", order._name), ("res_id", "=", order.id)], limit=1
        )
        rule = self.env.ref("order_process_cn.order_ledger_rule_pickup")
        entries = self.env["order.ledger.entry"].sudo()
        given = entries._prepare(rule, event, self.salesman)
        return self.staff["judge"], entries.create({**given, **values})

    def scene_order_ledger_entry__action_confirm(self):
        return Scene(*self._ledger_entry())

    def scene_order_ledger_entry__action_open_document(self):
        return Scene(*self._ledger_entry())

    def scene_order_ledger_entry__action_waive(self):
        return Scene(*self._ledger_entry(reason="It was the carrier"))

    def scene_order_ledger_entry__action_appeal(self):
        values = {"state": "confirmed", "appeal": "I was ill"}
        return Scene(self.salesman, self._ledger_entry(**values)[1])

    # -- the delivery schedule ---------------------------------------------------------

    def scene_sale_order_line__action_open_delivery_schedule(self):
        line = self._order(quantity=10).order_line
        parts = [{"quantity": n, "promised_date": f"2030-12-0{n}"} for n in (3, 7)]
        line.delivery_part_ids = [Command.create(values) for values in parts]
        return Scene(self.salesman, line)

    def _shipment_plan(self):
        """Return a plan that has something to fill in, and something in it."""
        order = self._deposit_order(commitment_date="2030-12-03 08:00:00")
        values = {"order_line_id": order.order_line.id, "quantity": 1}
        return (
            self.env["order.shipment.plan"]
            .with_user(self.salesman)
            .create(
                {
                    "date_from": "2030-12-02",
                    "line_ids": [Command.create({**values, "date": "2030-12-02"})],
                }
            )
        )

    def scene_order_shipment_plan__action_fill(self):
        return Scene(self.salesman, self._shipment_plan())

    def scene_order_shipment_plan__action_hand_over(self):
        return Scene(self.salesman, self._shipment_plan())

    def scene_order_shipment_plan__action_cancel(self):
        return Scene(self.salesman, self._shipment_plan())

    # -- the release -------------------------------------------------------------------

    def scene_sale_order__action_request_shipping(self):
        return Scene(self.salesman, self._guarded_order())

    def scene_sale_order__action_view_shipping_releases(self):
        return Scene(self.salesman, self._shipping_request().order_id)

    def scene_stock_picking__action_request_shipping(self):
        return Scene(self.salesman, self._guarded_order().picking_ids)

    def scene_stock_picking__action_view_shipping_releases(self):
        return Scene(self.salesman, self._shipping_request().order_id.picking_ids)

    def scene_order_shipping_release__action_request(self):
        return Scene(self.salesman, self._shipping_draft())

    def scene_order_shipping_release__action_announce_payment(self):
        release = self._shipping_request()
        self.order_type.announces_payment = True
        release.order_id.payment_term_id = self.env["account.payment.term"].create(
            {"name": "On delivery", "settlement": "on_delivery"}
        )
        return Scene(self.salesman, release)

    def scene_order_shipping_release__action_release(self):
        return Scene(self.accountant, self._shipping_request())

    def scene_order_shipping_release__action_refuse(self):
        return Scene(self.accountant, self._shipping_request())

    def scene_order_shipping_release__action_correct(self):
        release = self._shipping_request()
        release.with_user(self.accountant).action_refuse()
        return Scene(self.salesman, release)

    def _rescuer(self):
        """Return somebody who lets goods go in an emergency."""
        return self.staff["rescuer"]

    def scene_order_shipping_release__action_release_emergency(self):
        return Scene(self._rescuer(), self._shipping_request(), args=["No time"])

    def scene_order_shipping_emergency_wizard__action_confirm(self):
        rescuer = self._rescuer()
        values = {"release_id": self._shipping_request().id, "reason": "No time"}
        wizards = self.env["order.shipping.emergency.wizard"].with_user(rescuer)
        return Scene(rescuer, wizards.create(values))

    def scene_order_shipping_release__action_cancel(self):
        return Scene(self.salesman, self._shipping_request())

    # -- deliveries ------------------------------------------------------------------

    def _left(self):
        """Return a delivery that has left."""
        order = self._guarded_order()
        self.order_type.asks_shipping_release = False
        picking = order.picking_ids
        for move in picking.move_ids:  # other scenes have taken what was in stock
            move.write({"quantity": move.product_uom_qty, "picked": True})
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        picking.write(
            {"vehicle_plate": "沪A12345", "expected_arrival": "2030-01-05 06:00:00"}
        )
        return picking

    def scene_stock_picking__action_notify_customer(self):
        return Scene(self.salesman, self._left())

    def scene_stock_picking__action_register_receipt(self):
        return Scene(self._keeper(), self._left())

    def _keeper(self):
        return self.staff["receipt_keeper"]

    def _receipt_question(self):
        wizard = self.env["order.delivery.receipt.wizard"].with_user(self._keeper())
        question = wizard.create(
            {
                "picking_id": self._left().id,
                "received_by": "Buyer",
                "signature": SIGNATURE,
            }
        )
        self.assertTrue(question.line_ids)  # proposed in his name
        return question

    def scene_order_delivery_receipt_wizard__action_confirm(self):
        wizard = self._receipt_question()
        return Scene(wizard.create_uid, wizard)

    def scene_stock_picking__action_view_receipts(self):
        wizard = self._receipt_question()
        wizard.with_user(wizard.create_uid).action_confirm()
        return Scene(self.salesman, wizard.picking_id)

    # -- packing -----------------------------------------------------------------------

    def _packing_release(self):
        release = self._ready_release()
        self.order_type.asks_packing_check = True
        return release

    def _packing_question(self, **values):
        """Return what the warehouse is asked, after it found a difference once."""
        transfer = self._packing_release().order_id.picking_ids
        for found in ({"remark": "Case is open"}, values):
            wizard = self._question(
                "order.packing.wizard", self.packer, picking_id=transfer.id, **found
            )
            if found is not values:
                wizard.action_stop()
        return wizard

    def scene_stock_picking__action_check_packing(self):
        return Scene(self.packer, self._packing_release().order_id.picking_ids)

    def scene_order_shipping_release__action_check_packing(self):
        return Scene(self.packer, self._packing_release())

    def scene_order_packing_wizard__action_confirm(self):
        wizard = self._packing_question(is_receiver_right=True)
        for line in wizard.line_ids:
            line.packed_qty = line.expected_qty
        return Scene(self.packer, wizard)

    def scene_order_packing_wizard__action_stop(self):
        return Scene(self.packer, self._packing_question(remark="Wrong case"))

    # -- the desk ----------------------------------------------------------------------

    def _ready_release(self):
        release = self._shipping_request()
        move = release.order_id.picking_ids.move_ids
        quants = self.env["stock.quant"]
        quants._update_available_quantity(move.product_id, move.location_id, 10)
        move._action_assign()
        release.with_user(self.accountant).action_release()
        return release

    def scene_order_shipping_release__action_ship(self):
        return Scene(self.packer, self._ready_release())

    def scene_order_shipping_release__action_ship_all_ready(self):
        return Scene(self.packer, self._ready_release())

    def scene_order_shipping_batch__action_refresh(self):
        release = self._ready_release()
        release.with_user(self.packer).action_ship()
        batches = self.env["order.shipping.batch"]
        return Scene(self.packer, batches.search([], order="id desc", limit=1))

    # -- carriers ----------------------------------------------------------------------

    def _carrier_question(self):
        product = self.env["product.product"].create(
            {"name": "Freight", "type": "service", "list_price": 50}
        )
        carrier = self.env["delivery.carrier"].create(
            {"name": "Lorry", "product_id": product.id, "company_id": self.company.id}
        )
        self.env["order.carrier.transit"].create({"carrier_id": carrier.id, "days": 2})
        picking = self._guarded_order().picking_ids.with_user(self.packer)
        action = picking.action_choose_carrier()
        choices = self.env["order.carrier.choice"].with_user(self.packer)
        return choices.browse(action["res_id"])

    def scene_stock_picking__action_choose_carrier(self):
        return Scene(self.packer, self._guarded_order().picking_ids)

    def scene_order_carrier_choice__action_ask_outside(self):
        return Scene(self.packer, self._carrier_question())

    def scene_order_carrier_choice_line__action_choose(self):
        choice = self._carrier_question()
        lines = choice.line_ids.filtered(lambda line: line.carrier_id.name == "Lorry")
        return Scene(self.packer, lines)
