from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import OrderCommon

TOTAL = "14,262.26"


@tagged("post_install", "-at_install")
class TestPortalPapers(HttpCase, OrderCommon):
    """[CFM-1] [SEC-1] which papers a customer gets, of which orders, K12."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False
        cls.customer = new_test_user(
            cls.env, "opc_customer", "base.group_portal", partner_id=cls.partner.id
        )
        stranger = cls.env["res.partner"].create({"name": "Stranger"})
        cls.stranger = new_test_user(
            cls.env, "opc_stranger", "base.group_portal", partner_id=stranger.id
        )
        cls.order = cls._order(price=7131.13).sudo()
        cls.other = cls._order(partner_id=stranger.id).sudo()
        cls.orders = cls.order | cls.other
        cls.orders.action_quotation_sent()
        for order in cls.orders:
            order._portal_ensure_token()
        cls.keeper = cls._user("keeper", "stock.group_stock_user")

    def setUp(self):
        super().setUp()
        self.enterContext(
            mute_logger(
                "odoo.http", "odoo.addons.base.models.ir_rule", "odoo.orm.models"
            )
        )

    def _paper(self, token=None, order=None, kind="html"):
        path = f"/my/orders/{(order or self.order).id}?report_type={kind}"
        return self.url_open(f"{path}&access_token={token}" if token else path)

    def _assert_refused(self, answer):
        """Neither the paper nor anything of the order."""
        for secret in (TOTAL, self.order.name):
            self.assertNotIn(secret, answer.text)
        self.assertNotIn("pdf", answer.headers["Content-Type"])

    def test_who_gets_the_paper(self):
        order, other = self.order, self.other
        for user in (None, self.customer, self.stranger):
            if user:
                self.authenticate(user.login, user.login)
            with self.subTest(user and user.login or "nobody"):
                # the link is a key, whoever holds it; that of another order is none
                self.assertIn(TOTAL, self._paper(order.access_token).text)
                answer = self._paper(kind="pdf", token=order.access_token)
                self.assertIn("pdf", answer.headers["Content-Type"])
                for token in (other.access_token, "x" * 36):
                    for kind in ("html", "pdf", "text"):
                        answer = self._paper(token, kind=kind)
                        if user != self.customer:
                            self._assert_refused(answer)
                if user == self.customer:
                    self.assertIn(TOTAL, self._paper().text)
                    self.assertNotIn(other.name, self._paper(order=other).text)
                else:
                    for kind in ("html", "pdf", "text"):
                        self._assert_refused(self._paper(kind=kind))

    def test_an_inside_session(self):
        """Who sees no prices gets no paper, with the link or without; others look at it
        as the customer does."""
        self.authenticate(self.keeper.login, self.keeper.login)
        for token in (None, self.order.access_token):
            for kind in ("html", "pdf", "text"):
                answer = self._paper(token, kind=kind)
                self.assertNotIn(TOTAL, answer.text)
                self.assertNotIn("pdf", answer.headers["Content-Type"])
        self.authenticate(self.salesman.login, self.salesman.login)
        self.assertIn(TOTAL, self._paper().text)

    def test_papers_of_the_house(self):
        """No address gives a customer a paper of ours that is not meant for him, not
        even of his own order, and none at all of another's."""
        forms = self.env["order.form"].search([])
        self.assertGreater(len(forms), 7)
        records = {
            "sale.order": self.order,
            "order.review": self._review(),
            "mrp.production": self.env["mrp.production"].search([], limit=1),
        }
        for user in (self.customer, self.stranger):
            self.authenticate(user.login, user.login)
            for form in forms:
                report = form.report_id
                record = records.get(report.model)
                number = record.id if record else 1
                for kind in ("html", "pdf", "text"):
                    with self.subTest(f"{user.login} {form.code} {kind}"):
                        answer = self.url_open(
                            f"/report/{kind}/{report.report_name}/{number}"
                        )
                        self.assertNotEqual(answer.status_code, 200)
                        self._assert_refused(answer)

    def _review(self):
        self.route.active = True
        order = self._submit(self._order(partner_id=self.partner.id))
        return order.sudo().review_id
