from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .delivery_common import DeliveryCommon

F18 = "order_process_cn.report_f18_delivery_note"
F18B = "order_process_cn.report_f18b_dispatch_note"
PAPERS = {"F18": F18, "F18B": F18B}


@tagged("post_install", "-at_install")
class TestDeliveryNotes(DeliveryCommon):
    """[SHP-3] [FRM-1] 送货单 and 销售发货单, F18."""

    def _html(self, pickings, user=None, report=F18):
        pickings.env.invalidate_all()
        reports = self.env["ir.actions.report"].with_user(user or self.stocker)
        html = reports._render_qweb_html(report, pickings.ids)[0].decode()
        return " ".join(html.replace("\xa0", " ").split())

    def _counts(self, picking):
        """Return what is ordered, sent and owed on each row."""
        table = self.env["order.paper.f18"]._get_blocks(picking)[1]
        return [tuple(row[4:7]) for row in self._texts(table)]

    def _ask_prices(self):
        for code in PAPERS:
            self.env["order.form"]._by_code(code).shows_prices = True

    # -- what stands on it -------------------------------------------------------------

    def test_two_titles_one_body(self):
        """[SHP-3] to whom, by what, how many; four copies each."""
        picking = self._shipped(client_order_ref="PO-77")
        picking.write(
            {
                "carrier_id": self.carrier.id,
                "carrier_tracking_ref": "DP123",
                "vehicle_plate": "沪A12345",
                "driver": "Lao Wang",
                "driver_phone": "13800000000",
                "packages": 7,
            }
        )
        titles = {F18: "Delivery Note", F18B: "Dispatch Note"}
        for report, title in titles.items():
            html = self._html(picking, report=report)
            for words in (
                title,
                picking.name,
                picking.sale_id.name,
                "PO-77",
                self.partner.name,
                "Deppon",
                "DP123",
                "沪A12345",
                "Lao Wang 13800000000",
                "ISG-50",
                "DN50",
                "Copy 1 of 4: Stub",
                "Copy 2 of 4: Customer",
                "Copy 3 of 4: Return",
                "Copy 4 of 4: Finance",
                "Received by the Customer",
            ):
                with self.subTest(report=report, words=words):
                    self.assertIn(words, html)
        self.assertIn("F-3L032-1", self._html(picking))

    def test_owed_by_parts(self):
        """[SHP-3] owed is what was ordered less everything sent so far, also when the
        first note is printed again later."""
        order = self._shipping_order(5)
        with freeze_time("2030-01-02 02:00:00"):
            first = self._ship(order, 2)
        self.assertEqual(self._counts(first), [("5", "2", "3")])
        coming = order.picking_ids - first
        self.assertEqual(self._counts(coming), [("5", "3", "0")])
        with freeze_time("2030-01-03 02:00:00"):
            second = self._ship(order)
        self.assertEqual(second, coming)
        self.assertEqual(self._counts(second), [("5", "3", "0")])
        self.assertEqual(self._counts(first), [("5", "2", "3")])

    def test_what_came_back_is_owed_again(self):
        """[SHP-3] a return counts from when it came."""
        order = self._shipping_order(5)
        with freeze_time("2030-01-02 02:00:00"):
            first = self._ship(order, 3)
        with freeze_time("2030-01-03 02:00:00"):
            self._return(first, 1)
        with freeze_time("2030-01-04 02:00:00"):
            second = self._ship(order)
        self.assertEqual(self._counts(first), [("5", "3", "2")])
        self.assertEqual(self._counts(second), [("5", "2", "1")])

    def test_components_of_a_kit(self):
        """[SHP-3] the receiver counts components."""
        kit = self._kit(Bolt=2, Nut=3)
        line = Command.create({"product_id": kit.id, "product_uom_qty": 2})
        picking = self._shipped(order_line=[line])
        self.assertEqual(self._counts(picking), [("4", "4", "0"), ("6", "6", "0")])

    def test_units_of_the_order(self):
        """[SHP-3] counted as it was ordered: in dozens."""
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._shipping_order(2)
        other = self._order(quantity=2)
        other.order_line.product_uom_id = dozen
        other.sudo().order_type_id = self.order_type
        other.action_confirm()
        other.picking_ids.action_assign()
        picking = self._ship(other, 12)
        self.assertEqual(self._counts(picking.sudo()), [("2", "1", "1")])
        self.assertEqual(self._counts(order.picking_ids), [("2", "2", "0")])

    def test_only_deliveries(self):
        """[SHP-3] what goes to no customer has no delivery note, by its address
        either."""
        picking = self._shipped()
        back = self._return(picking, 1)
        for report in PAPERS.values():
            with self._refused("No delivery of a sales order"):
                self._html(back, report=report)

    def test_a_negative_number_of_pieces(self):
        with self.assertRaises(ValidationError):
            self._shipping_order().picking_ids.packages = -1

    # -- prices ------------------------------------------------------------------------

    def test_prices_where_the_form_asks_for_them(self):
        """[SEC-1] nobody, unless the form asks; then sales, never the warehouse."""
        picking = self._shipped(price=4321.0)
        for report in PAPERS.values():
            self.assertNotIn("4,321", self._html(picking, self.salesman, report))
        self._ask_prices()
        for report in PAPERS.values():
            html = self._html(picking, self.salesman, report)
            self.assertIn("4,321", html)
            self.assertIn("Total with Taxes", html)
            for words in ("4,321", "Total with Taxes", "Amount"):
                self.assertNotIn(words, self._html(picking, self.stocker, report))

    def test_no_superuser_opens_prices(self):
        """[SEC-1] core draws papers as superuser for the mails of a user."""
        self._ask_prices()
        picking = self._shipped(price=4321.0)
        for user, shown in ((self.stocker, False), (self.salesman, True)):
            own = picking.with_user(user).sudo()
            paper = self.env["order.paper.f18"].with_user(user).sudo()
            self.assertEqual(paper._may_see_prices(own), shown)

    def test_prices_of_a_stranger(self):
        """[SEC-1] core lets every salesperson read every transfer, not every order."""
        self._ask_prices()
        picking = self._shipped(price=4321.0)
        stranger = self._user("stranger", "sales_team.group_sale_salesman")
        html = self._html(picking, stranger)
        self.assertIn(picking.name, html)
        self.assertNotIn("4,321", html)

    def test_a_file_with_prices_is_closed(self):
        """[SEC-1] what sales printed with prices the warehouse cannot open; without
        prices it may."""
        picking = self._shipped()
        for priced in (False, True):
            self.env["order.form"]._by_code("F18").shows_prices = priced
            reports = self.env["ir.actions.report"].with_user(self.salesman)
            content, _kind = reports._render_qweb_pdf(F18, picking.ids)
            file = self.env["ir.attachment"].create(
                {
                    "name": "F18.pdf",
                    "raw": content,
                    "res_model": picking._name,
                    "res_id": picking.id,
                }
            )
            self.assertEqual(file.shows_prices, priced)

    def test_only_these_forms_may_ask(self):
        """[FRM-1] the switch is where it does something."""
        offering = self.env["order.form"].search([]).filtered("offers_prices")
        self.assertEqual(set(offering.mapped("code")), set(PAPERS))

    # -- who may print it --------------------------------------------------------------

    def test_who_may_print(self):
        """[SHP-3] whoever reads the transfer."""
        picking = self._shipped()
        self.assertIn(picking.name, self._html(picking, self.salesman))
        with self.assertRaises(AccessError):
            self._html(picking, self._user("colleague", "base.group_user"))

    # -- state -------------------------------------------------------------------------

    def test_watermark(self):
        """[SHP-1] [FRM-1] goods that are guarded and not let go say so."""
        plain = self._shipping_order().picking_ids
        self.assertFalse(plain._get_form_watermark())
        plain.sudo().action_cancel()
        self.assertEqual(plain._get_form_watermark(), "Void")
        self.order_type.asks_shipping_release = True
        order = self._shipping_order(5)
        picking = order.picking_ids
        self.assertEqual(picking._get_form_watermark(), "Not released")
        self._request(order, 3)
        self.assertEqual(picking._get_form_watermark(), "Not released")
        order.shipping_release_ids.with_user(self.finance).action_release()
        self.assertEqual(picking._get_form_watermark(), "Not released")
        self._let_go(order)
        self.assertFalse(picking._get_form_watermark())
        self._ship(order)
        self.assertFalse(picking._get_form_watermark())

    # -- paper -------------------------------------------------------------------------

    def test_low_sheets(self):
        """[FRM-1] on continuous paper frame and boxes are low, so that goods find
        room."""
        picking = self._shipped()
        form = self.env["order.form"]._by_code("F18")
        pages = {}
        for name in ("a4", "continuous_half", "continuous_third"):
            form.paperformat_id = self.env.ref(f"order_process_cn.paperformat_{name}")
            sheets = self.env["order.paper.f18"]._draw(picking)
            pages[name] = len(sheets) // 4
            self.assertEqual({sheet["is_low"] for sheet in sheets}, {name != "a4"})
        self.assertEqual(pages["a4"], 1)
        self.assertEqual(pages["continuous_half"], 1)
        self.assertLessEqual(pages["continuous_third"], 2)

    def test_printing_is_registered(self):
        """[FRM-1] the copy of finance is confirmed by finance: the notes of a month are
        handed over in its list."""
        picking = self._shipped()
        reports = self.env["ir.actions.report"].with_user(self.stocker)
        reports._render_qweb_pdf(F18, picking.ids)
        issues = self.env["order.form.issue"].search(
            [("res_model", "=", "stock.picking"), ("res_id", "=", picking.id)]
        )
        self.assertEqual(len(issues), 4)
        self.assertEqual(issues.department_id, self.departments["finance"])
        self.departments["finance"].member_ids = self.finance
        issues.filtered("department_id").with_user(self.finance).action_acknowledge()

    def test_journey_is_not_copied(self):
        """[SHP-3] a backorder is another journey."""
        order = self._shipping_order(5)
        order.picking_ids.write({"driver": "Lao Wang", "packages": 7})
        first = self._ship(order, 2)
        rest = order.picking_ids - first
        self.assertEqual(first.driver, "Lao Wang")
        self.assertFalse(rest.driver or rest.packages)

    def test_outsiders_read_none_of_it(self):
        """[SEC-1] core lets customers read their transfers by a remote call."""
        picking = self._shipped()
        portal = self._user("customer", "base.group_portal")
        portal.partner_id.parent_id = picking.sale_id.partner_id
        own = picking.with_user(portal)
        self.assertTrue(own.read(["name"]))
        for name in ("driver", "driver_phone", "arrival_note", "notified_on"):
            with self.assertRaises(AccessError):
                own.read([name])
        for report in PAPERS.values():
            with self.assertRaises(AccessError):
                self._html(picking, portal, report)
