import base64

from odoo import fields, http
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ...models.case_portal.sale_order_rating import ask_for_ratings
from ...models.delivery.order_delivery_receipt_line import Counted
from ...models.progress.steps import confirm_receipt
from .cases_common import CasesCommon

# one red point
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmM"
    "IQAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestCasePortal(HttpCase, CasesCommon):
    """[AFS-1] [AFS-2] the customer says what is wrong on the page of his order."""

    def _make_scene(self):
        self.order = self._delivered(5)
        self.order._portal_ensure_token()

    def setUp(self):
        super().setUp()
        self.enterContext(
            mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.models")
        )
        self.authenticate(None, None)

    def _page(self, order=None):
        text = self.url_open((order or self.order).get_portal_url()).text
        return " ".join(text.split())

    def _post(self, files=(), path=None, **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        path = path or self.order.get_portal_url(suffix="/open_case")
        answer = self.url_open(
            path,
            data={"name": "Buyer", "kind": "exchange", "description": "Leaks"} | data,
            files=[("photos", file) for file in files] or None,
        )
        self.order.invalidate_recordset()
        return " ".join(answer.text.split())

    def _key(self):
        return f"quantity_{self.order.order_line.id}_{self.product.id}"

    def test_opened_once(self):
        """[AFS-1] with photos; said twice it is said once; he sees how far it is in our
        words, and nothing of who signs."""
        self.assertIn("Something is wrong with the goods?", self._page())
        for _click in range(2):
            page = self._post([("leak.png", PNG, "image/png")], **{self._key(): "2"})
        case = self.order.service_case_ids
        self.assertRecordValues(
            case,
            [
                {
                    "kind": "exchange",
                    "state": "draft",
                    "description": "Leaks",
                    "case_contact": "Buyer",
                    "is_from_portal": True,
                    "owner_id": self.salesman.id,
                }
            ],
        )
        self.assertEqual(case.line_ids.quantity, 2)
        self.assertEqual(case.evidence_ids.raw, PNG)
        self.assertTrue(case.address)
        self.assertEqual(case.activity_ids.user_id, self.salesman)
        for words in ("We have got it and are looking at it", "leak.png", "Leaks"):
            self.assertIn(words, page)
        self.assertIn(case.display_name, self._page())
        case.write({"reason_id": self.reason.id, "answer_text": "A new seal follows."})
        self._rpc(self.salesman, case, "action_request")
        page = " ".join(self.url_open(case.get_portal_url()).text.split())
        for words in ("Agreed; we come back to you", "A new seal follows."):
            self.assertIn(words, page)
        for words in (self.reason.name, "In Charge", self.salesman.name):
            self.assertNotIn(words, page)

    def test_what_cannot_be(self):
        """[AFS-1] more than was delivered, no number, no picture: told why, and nothing
        of it is kept."""
        for words, files, data in (
            ("at most 5", (), {self._key(): "6"}),
            ("at most 5", (), {self._key(): "nan"}),
            ("at most 5", (), {self._key(): "-1"}),
            ("how much", (), {}),
            ("what happened", (), {self._key(): "1", "description": " "}),
            ("what it is about", (), {self._key(): "1", "kind": "installation"}),
            (
                "is no picture",
                [("a.png", b"<script>", "image/png")],
                {self._key(): "1"},
            ),
        ):
            with self.subTest(words, data=data):
                self.assertIn(words, self._post(files, **data))
                self.assertFalse(self.order.service_case_ids)

    def test_only_his_own(self):
        """[SEC-1] nobody opens a case of an order that is not his; employees do not on
        his page; orders without the procedure offer nothing."""
        path = f"/my/orders/{self.order.id}/open_case"
        self._post(path=path, **{self._key(): "1"})
        self.assertFalse(self.order.service_case_ids)
        new_test_user(self.env, "opc_case_stranger", "base.group_portal")
        self.authenticate("opc_case_stranger", "opc_case_stranger")
        self._post(path=path, **{self._key(): "1"})
        self.assertFalse(self.order.service_case_ids)
        self.authenticate("opc_supervisor", "opc_supervisor")
        self._post(**{self._key(): "1"})
        self.assertFalse(self.order.service_case_ids)
        new_test_user(
            self.env,
            "opc_case_buyer",
            "base.group_portal",
            partner_id=self.partner.child_ids[:1].id,
        )
        self.authenticate("opc_case_buyer", "opc_case_buyer")
        self._post(path=path, **{self._key(): "1"})
        case = self.order.service_case_ids
        self.assertEqual(case.line_ids.quantity, 1)
        for user in ("opc_case_buyer", "opc_case_stranger"):
            own = case.with_user(self.env["res.users"].search([("login", "=", user)]))
            self.assertFalse(own.has_access("read"))
        self.order_type.asks_service_case = False
        self.assertNotIn("Something is wrong", self._page())

    def test_rating(self):
        """[AFS-3] [P11] once the receipt is confirmed the customer may rate, where the
        type asks for it, once; the order shows what he gave. A questionnaire is
        offered beside it."""
        words = "Tell us how satisfied you are"
        questions = "https://example.com/survey/start/9"
        self.order_type.write({"asks_rating": True, "rating_questions": questions})
        with self.assertRaisesRegex(ValidationError, "https"), self.cr.savepoint():
            self.order_type.rating_questions = "javascript:alert(1)"
        path = self.order.get_portal_url(suffix="/rate")
        self.assertNotIn(questions, self._page())
        self.assertNotIn(words, self._page())
        self._post(path=path)
        self.assertFalse(self.order.rating_ids)
        confirm_receipt(self.order, "Buyer")
        self.assertIn(words, self._page())
        self.assertIn(questions, self._page())
        self.assertIn("feedback", self._post(path=path))
        rating = self.order.rating_ids
        self.assertEqual(rating.partner_id, self.partner)
        self._post(path=f"/rate/{rating.access_token}/submit_feedback", rate="3")
        self.assertEqual(self.order.satisfaction, 3)
        self.assertNotIn(words, self._page())
        self._post(path=path)
        self.assertEqual(self.order.rating_ids, rating)
        self._check_only_he_rates(rating)

    def _check_only_he_rates(self, rating):
        """Nobody else gives a rating, alters one, or makes one of an order of it."""
        order = self.order.with_user(self.salesman)
        ratings = self.env["rating.rating"].with_user(self.salesman)
        kind = self.env["ir.model"]._get_id("sale.order")
        given = {"res_id": order.id, "rating": 5, "consumed": True}
        other = ratings.create(
            {
                **given,
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.partner.id,
            }
        )
        for name, act in {
            "altered": lambda: self._rpc(
                self.salesman, ratings.browse(rating.id), "write", {"rating": 5}
            ),
            "reset": lambda: self._rpc(
                self.salesman, ratings.browse(rating.id), "reset"
            ),
            "given": lambda: self._rpc(
                self.salesman, ratings, "create", [{**given, "res_model_id": kind}]
            ),
            "said": lambda: self._rpc(
                self.salesman, order, "message_post", body="x", rating_value=5
            ),
            "moved": lambda: self._rpc(
                self.salesman,
                other,
                "write",
                {"res_model_id": kind, "res_id": order.id},
            ),
        }.items():
            with self.subTest(name), self.assertRaises(AccessError):
                with self.env.cr.savepoint():
                    act()
            self.env.invalidate_all()
        self.assertEqual(self.order.satisfaction, 3)

    def test_rating_is_asked_for(self):
        """[AFS-3] by a mail of the worker after the receipt, once, in the language of
        the customer; not where the type does not ask, nor long afterwards."""
        self.partner.email = "buyer@example.com"
        order = self.order.sudo()
        sent = self.env["mail.message"].sudo()
        domain = [("model", "=", "sale.order"), ("res_id", "=", order.id)]
        domain += [("body", "ilike", "/rate/")]
        confirm_receipt(order, "Buyer")
        ask_for_ratings(order)
        self.assertFalse(sent.search_count(domain))
        self.order_type.write({"asks_rating": True, "rating_days": 2})
        with freeze_time(fields.Datetime.add(order.receipt_confirmed_on, days=3)):
            ask_for_ratings(order)
        self.assertFalse(sent.search_count(domain))
        for _twice in range(2):
            ask_for_ratings(order)
        message = sent.search(domain)
        self.assertEqual(len(message), 1)
        self.assertEqual(len(order.rating_ids), 1)
        self.assertIn(order.rating_ids.access_token, message.body)
        self.assertIn(self.partner, message.partner_ids)
        self.assertIn(
            "rating", self.env["sale.order"]._get_recheck_events()["receipt_confirmed"]
        )

    def test_difference_at_the_door(self):
        """[AFS-1] what was not received as it was sent opens a case by itself."""
        picking = self.order.picking_ids
        key = (self.order.order_line.id, self.product.id)
        counted = {key: Counted(3.0, "good", "Two gone")}
        receipts = self.env["order.delivery.receipt"]
        receipts._record(picking.sudo(), "portal", "Gatekeeper", counted)
        self.assertRecordValues(
            self.order.service_case_ids,
            [{"kind": "difference", "state": "draft", "case_contact": "Gatekeeper"}],
        )
        self.assertEqual(self.order.service_case_ids.line_ids.quantity, 2)
