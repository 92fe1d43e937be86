from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..shipping.shipping_common import ShippingCommon

F17 = "order_process_cn.report_f17_shipping_release"


@tagged("post_install", "-at_install")
class TestShippingReleasePaper(ShippingCommon):
    """[SHP-1] [FRM-1] the shipping release F17."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.write({"specification": "DN50", "default_code": "ISG-50"})

    def _html(self, releases, user=None):
        releases.env.invalidate_all()
        reports = self.env["ir.actions.report"].with_user(user or self.finance)
        html = reports._render_qweb_html(F17, releases.ids)[0].decode()
        return " ".join(html.replace("\xa0", " ").split())

    def _money(self, order):
        return " ".join(order.sudo()._format_money(order.sudo().amount_total).split())

    def _seats(self, release):
        [*_blocks, boxes] = self.env["order.paper.f17"]._get_blocks(release)
        self.assertEqual(boxes.kind, "boxes")
        return [(label, cell.texts) for label, cell in boxes.rows[0]]

    # -- what stands on it -------------------------------------------------------------

    def test_whose_goods_and_how_many(self):
        """[SHP-1] order, customer and class, goods with what was ordered and what is to
        leave; two copies."""
        self.partner.order_class_id = self.env.ref(
            "order_process_cn.order_customer_class_b"
        )
        order = self._shipping_order(quantity=1234, client_order_ref="PO-77")
        html = self._html(self._request(order, 1000))
        for words in (
            order.name,
            "PO-77",
            self.partner.name,
            self.partner.order_class_id.name,
            "ISG-50",
            "DN50",
            "1,234",
            "1,000",
        ):
            with self.subTest(words):
                self.assertIn(words, html)
        self.assertIn("Copy 1 of 2: Warehouse", " ".join(html.split()))
        self.assertIn("Copy 2 of 2: Finance", " ".join(html.split()))

    def test_what_stays_is_not_on_it(self):
        """[SHP-1] a line of which nothing was asked for has no row."""
        other = self.env["product.product"].create({"name": "Stays here"})
        order = self._shipping_order()
        release = self._request(order)
        line = (
            order.sudo()
            .order_line[0]
            .copy({"order_id": order.id, "product_id": other.id})
        )
        release.line_ids[0].sudo().copy(
            {
                "release_id": release.id,
                "order_line_id": line.id,
                "product_id": other.id,
                "product_uom_id": other.uom_id.id,
                "quantity": 0,
            }
        )
        html = self._html(release)
        self.assertIn(self.product.name, html)
        self.assertNotIn("Stays here", html)

    def test_components_of_a_kit(self):
        """[SHP-1] what leaves of a kit are its components, with what they are."""
        kit = self._kit(Bolt=2, Nut=3)
        kit.specification = "of the kit"
        self.env["product.product"].search([("name", "=", "Bolt")]).specification = "M8"
        order = self._shipping_order(
            order_line=[Command.create({"product_id": kit.id, "product_uom_qty": 2})]
        )
        html = self._html(self._request(order))
        for words in ("Bolt", "Nut", "M8"):
            self.assertIn(words, html)
        self.assertNotIn("of the kit", html)

    # -- money -------------------------------------------------------------------------

    def test_balance_only_where_prices_may_be_seen(self):
        """[SEC-1] finance and sales read what is owed, the warehouse does not, on
        neither of the copies; nor in the file of a paper that finance printed."""
        order = self._shipping_order(price=4321.0)
        release = self._request(order)
        owed = self._money(order)
        for user in (self.finance, self.salesman):
            html = self._html(release, user)
            self.assertEqual(html.count("Balance to be paid"), 2)
            self.assertIn(owed, html)
            self.assertIn("人民币", html)
        html = self._html(release, self.stocker)
        self.assertIn(order.name, html)
        for words in ("Balance to be paid", owed, "4,321", "人民币"):
            self.assertNotIn(words, html)

    def test_no_superuser_opens_the_balance(self):
        """[SEC-1] core draws papers as superuser for the mails of a user: the reader
        stays who he is."""
        release = self._request(self._shipping_order(price=4321.0))
        paper = self.env["order.paper.f17"].with_user(self.stocker).sudo()
        blocks = paper._get_blocks(release.with_user(self.stocker).sudo())
        self.assertEqual([b.kind for b in blocks], ["facts", "table", "boxes"])

    def test_a_file_of_it_is_closed(self):
        """[SEC-1] finance attaches the paper with the balance: the warehouse cannot
        open it."""
        release = self._request(self._shipping_order())
        reports = self.env["ir.actions.report"].with_user(self.finance)
        content, _kind = reports._render_qweb_pdf(F17, release.ids)
        file = (
            self.env["ir.attachment"]
            .with_user(self.finance)
            .create(
                {
                    "name": "F17.pdf",
                    "raw": content,
                    "res_model": release._name,
                    "res_id": release.id,
                }
            )
        )
        self.assertTrue(file.sudo().shows_prices)
        file.invalidate_recordset()
        with self.assertRaises(AccessError):
            file.with_user(self.stocker).read(["raw"])

    # -- who may print it --------------------------------------------------------------

    def test_who_may_print(self):
        """[SHP-1] whoever may read the release; nobody else, by its address either."""
        release = self._request(self._shipping_order())
        stranger = self._user("stranger", "sales_team.group_sale_salesman")
        colleague = self._user("colleague", "base.group_user")
        for user in (stranger, colleague):
            with self.assertRaises(AccessError):
                self._html(release, user)

    # -- state -------------------------------------------------------------------------

    def test_watermark(self):
        """[FRM-1] not let go, let go, expired, given up."""
        order = self._shipping_order()
        release = self._request(order)
        release.sudo().valid_until = "2030-01-10"
        self.assertEqual(release._get_form_watermark(), "Not approved")
        release.with_user(self.finance).action_refuse()
        self.assertEqual(release._get_form_watermark(), "Not approved")
        release.with_user(self.salesman).action_correct()
        self.assertEqual(release._get_form_watermark(), "Not approved")
        release.with_user(self.salesman).action_request()
        release.with_user(self.finance).action_release()
        self.assertFalse(release._get_form_watermark())
        with freeze_time("2030-01-11 04:00:00"):
            self.assertEqual(release._get_form_watermark(), "Expired")
        release.with_user(self.salesman).action_cancel()
        self.assertEqual(release._get_form_watermark(), "Void")
        self.assertIn("Void", self._html(release))

    # -- who signs ---------------------------------------------------------------------

    def test_finance_lets_go(self):
        """[SHP-1] without a route: a place for the pen, then who let it go."""
        release = self._request(self._shipping_order())
        self.assertEqual(
            [(label, "".join(texts)) for label, texts in self._seats(release)],
            [("Sales", self.salesman.name), ("Finance", ""), ("Warehouse", "")],
        )
        release.with_user(self.finance).action_release()
        _sales, (label, texts), _warehouse = self._seats(release)
        self.assertEqual(label, "Finance")
        self.assertEqual(texts[:2], (self.finance.name, "Let Go"))
        self.assertTrue(texts[2])

    def test_signed_by_the_seats_of_the_route(self):
        """[SHP-1] with a route: the seats, the signature and the verification code."""
        self.departments["finance"].member_ids = self.finance
        self.env.ref("order_process_cn.order_review_route_shipping").active = True
        action = self._shipping_order().with_user(self.salesman)
        action = action.action_request_shipping()
        release = self.env["order.shipping.release"].browse(action["res_id"])
        coming = [label for label, _texts in self._seats(release)]
        self._rpc(self.salesman, release, "action_request")
        self.assertEqual(release._get_form_watermark(), "Not approved")
        self._sign(release, self.finance)
        self.assertFalse(release._get_form_watermark())
        self.assertEqual([label for label, _texts in self._seats(release)], coming)
        self.assertIn(self.finance.name, self._seats(release)[1][1])
        self.assertIn(release.sudo().review_id.verification_code, self._html(release))

    # -- copies ------------------------------------------------------------------------

    def test_printing_is_registered(self):
        """[FRM-1] each copy belongs to the department that confirms it."""
        release = self._request(self._shipping_order())
        reports = self.env["ir.actions.report"].with_user(self.stocker)
        reports._render_qweb_pdf(F17, release.ids)
        issues = self.env["order.form.issue"].search(
            [("res_model", "=", release._name), ("res_id", "=", release.id)]
        )
        self.assertEqual(
            issues.sorted("copy_number").department_id,
            self.departments["warehouse"] + self.departments["finance"],
        )
