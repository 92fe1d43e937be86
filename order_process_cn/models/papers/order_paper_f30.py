from odoo import models

from ...tools.paper_blocks import Boxes, Cell, Facts, Row


class OrderPaperF30(models.AbstractModel):
    """Settlement statement (F30) over the orders of one customer. [DEP-7]"""

    _name = "order.paper.f30"
    _inherit = ["order.paper"]
    _description = "Settlement Statement"

    _code = "F30"
    _for_customer = True
    _has_prices = True
    _goods = {
        "full_product": 21,
        "specification": 15,
        "ordered": 14,
        "delivered": 14,
        "unit": 7,
        "untaxed_price": 12,
        "amount": 17,
    }

    def _check_may_print(self, records):
        records._check_money_form()

    def _group(self, records):
        return records._group_for_statement()

    def _get_form(self, doc):
        return doc._get_statement_form()

    def _get_customer(self, doc):
        return doc[0].partner_invoice_id

    def _get_blocks(self, doc):
        blocks = [Facts(doc._get_statement_head())]
        for order in doc:
            rows = order._get_balance_rows()
            capitals = len(doc) == 1 and order._spell_amount(rows[-1][1])
            blocks += [
                self._get_goods(order, before=[self._get_title(order)]),
                self._get_balance(order, rows, capitals),
                Facts(order._get_statement_facts()),
            ]
        if len(doc) > 1:
            rows = doc._get_statement_rows()
            capitals = doc[0]._spell_amount(rows[-1][1])
            blocks.append(self._get_balance(doc[0], rows, capitals))
        return [*blocks, self._get_boxes()]

    def _get_boxes(self):
        return Boxes(
            [
                (self.env._("Prepared by"), self.env.user.name),
                (self.env._("Finance (signature, stamp)"), ""),
                (self.env._("Agreed by the Customer (signature, stamp, date)"), ""),
            ]
        )

    def _get_title(self, order):
        words = [order.name, order._spell_date(order.date_order)]
        if order.client_order_ref:
            words.append(self.env._("Customer Order No. %s", order.client_order_ref))
        if order.state == "cancel":
            words.append(self.env._("Cancelled"))
        return Row([Cell([" · ".join(words)], len(self._goods))], "title")
