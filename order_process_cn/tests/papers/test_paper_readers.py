from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import OrderCommon


@tagged("post_install", "-at_install")
class TestPaperReaders(OrderCommon):
    """[SEC-1] K4: /report/pdf/…/ids prints nothing to whoever may not read it."""

    def test_no_paper_of_what_one_may_not_read(self):
        nobody = self._user("nobody", "base.group_user")
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        orders = self.env["sale.order"].with_company(elsewhere)
        foreign = orders.create({"partner_id": self.partner.id})
        seller = self._user("seller", "sales_team.group_sale_manager")
        tried = 0
        for form in self.env["order.form"].search([]):
            paper = self.env[f"order.paper.{form.code.lower()}"]
            records = self.env[form.report_id.model]
            with self.subTest(form.code):
                if not records.with_user(nobody).has_access("read"):
                    tried += 1
                    with self.assertRaises(AccessError):
                        paper.with_user(nobody)._draw(
                            records.with_user(nobody).browse(10**9)
                        )
                if records._name == "sale.order":
                    with self.assertRaises(AccessError):
                        paper.with_user(seller)._draw(foreign.with_user(seller))
        self.assertGreater(tried, 5)
