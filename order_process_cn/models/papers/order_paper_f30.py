from odoo import models

from ...tools.paper_blocks import Boxes, Cell, Facts, Row
from ..pickup.balance import collect_balance_figures


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
        self._check_sees_prices(records)

    def _group(self, records):
        # orders of one customer, company and currency go on one statement
        groups = records.sorted("id").grouped(
            lambda order: (
                order.company_id,
                order.partner_invoice_id.commercial_partner_id,
                order.currency_id,
            )
        )
        return list(groups.values())

    def _get_form(self, doc):
        form = super()._get_form(doc)
        if len(doc) > 1:
            form["document"] = self.env._(
                "%(first)s – %(last)s (%(count)s orders)",
                first=doc[0].name,
                last=doc[-1].name,
                count=len(doc),
            )
        return form

    def _get_customer(self, doc):
        return doc[0].partner_invoice_id

    def _get_blocks(self, doc):
        blocks = [Facts(self._get_statement_head(doc))]
        for order in doc:
            rows = self._get_balance_rows(order)
            capitals = len(doc) == 1 and self._spell_amount(order, rows[-1][1])
            blocks += [
                self._get_goods(order, before=[self._get_title(order)]),
                self._get_balance(order, rows, capitals),
                Facts(self._get_statement_facts(order)),
            ]
        if len(doc) > 1:
            rows = self._get_statement_rows(doc)
            capitals = self._spell_amount(doc[0], rows[-1][1])
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

    def _get_statement_head(self, doc):
        """Return label and value of whose orders of which time these are."""
        days = doc.mapped("date_order")
        customer = doc[0].partner_invoice_id.commercial_partner_id
        spell = doc[0]._spell_date
        return [
            (self.env._("Customer"), customer.name),
            (self.env._("Customer Code"), customer.ref or ""),
            (self.env._("Orders of"), f"{spell(min(days))} – {spell(max(days))}"),
            (self.env._("Currency"), doc.currency_id.name),
        ]

    def _get_statement_facts(self, order):
        """Return label and value of the papers of one order: posted invoices and credit
        notes, the deposit."""
        # numbers on paper; whoever may see the prices may see them
        moves = order.sudo().invoice_ids.filtered(lambda move: move.state == "posted")
        numbers = ", ".join(moves.sorted("id").mapped("name")) or self.env._("none")
        money = order._format_money
        return [
            (self.env._("Invoices"), numbers),
            (self.env._("Ordered, without taxes"), money(order.amount_untaxed)),
            (self._name_taxes(order), money(order.amount_tax)),
            *self._get_deposit_facts(order),
        ]

    def _get_statement_rows(self, doc):
        """Return label and amount of what is left of all these orders together."""
        balance = sum(
            figures["balance"] for figures in collect_balance_figures(doc).values()
        )
        name = self._name_balance(doc[0], balance)
        return [(self.env._("All orders: %s", name), balance)]
