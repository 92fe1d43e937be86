from odoo import models

from ...tools.paper_blocks import Boxes, Cell, Column, Facts, Row, Table
from ..confirmation.slip import spell_promised_date


class OrderPaperF01(models.AbstractModel):
    """Order confirmation (F01), returned signed by the customer."""

    _name = "order.paper.f01"
    _inherit = ["order.paper"]
    _description = "Order Confirmation"

    _code = "F01"
    _for_customer = True
    _has_prices = True
    _goods = {
        "number": 6,
        "code": 11,
        "product": 19,
        "specification": 16,
        "quantity": 12,
        "unit": 7,
        "price": 12,
        "amount": 17,
    }

    def _get_blocks(self, doc):
        return [
            Facts(self._get_customer_head(doc)),
            self._get_goods(doc, after=self._get_totals(doc)),
            *self._get_schedule(doc),
            Facts(self._get_terms_head(doc)),
            Boxes(
                [
                    (
                        self.env._("For the Supplier"),
                        [doc.user_id.name or "", doc.company_id.name],
                    ),
                    (
                        self.env._("Returned by the Customer (signature, stamp, date)"),
                        self._get_return(doc),
                    ),
                ]
            ),
        ]

    def _get_schedule(self, doc):
        """Return the table of what is delivered in parts, if anything is. [INT-9]"""
        order = doc.sudo()  # the customer prints his own schedule
        goods = list(enumerate(self._get_goods_lines(order), start=1))
        rows = [
            [
                number,
                line.product_id.name or line.name,
                line.product_uom_id._spell_quantity(part.quantity),
                line.product_uom_id.name or "",
                doc._spell_date(part.wanted_date),
                doc._spell_date(part.promised_date),
            ]
            for number, line in goods
            if line.delivery_part_count
            for part in line.delivery_part_ids._in_turn()
        ]
        if not rows:
            return []
        columns = [
            Column(self.env._("Item"), 6, "center"),
            Column(self.env._("Delivery Schedule"), 38),
            Column(self.env._("Quantity"), 14, "end"),
            Column(self.env._("Unit"), 8, "center"),
            Column(self.env._("Wanted Date"), 17, "center"),
            Column(self.env._("Promised Date"), 17, "center"),
        ]
        return [Table(columns, rows)]

    def _get_totals(self, doc):
        money = doc._format_money
        rows = []
        if doc.amount_tax:
            rows = [
                (self.env._("Amount without Taxes"), money(doc.amount_untaxed)),
                (self._name_taxes(doc), money(doc.amount_tax)),
            ]
        rows.append((self.env._("Total with Taxes"), money(doc.amount_total)))
        capitals = self._spell_amount(doc, doc.amount_total)
        beside = len(self._goods) - 2
        return [
            Row(
                [
                    Cell(
                        [label, *([capitals] if at == len(rows) else [])],
                        beside,
                        align="end",
                    ),
                    Cell([amount], 2, bold=True, align="end"),
                ]
            )
            for at, (label, amount) in enumerate(rows, start=1)
        ]

    def _get_return(self, doc):
        if not doc.signed_by:
            return ""
        texts = [doc.signed_by, doc._spell_date(doc.signed_on)]
        return Cell(texts, picture=self._picture(doc.signature))

    def _get_customer_head(self, doc):
        """Return label and value of what identifies customer and order on paper."""
        order = doc.sudo()  # the customer prints his own contact in the portal
        customer = doc.partner_id.commercial_partner_id
        return [
            (self.env._("Customer"), customer.name),
            (self.env._("Customer Code"), customer.ref or ""),
            (self.env._("Contact"), order.printed_contact or ""),
            (self.env._("Phone"), order.printed_phone or ""),
            (
                self.env._("Delivery Address"),
                self._spell_address(doc.partner_shipping_id),
            ),
            (self.env._("Customer Order No."), doc.client_order_ref or ""),
            (self.env._("Channel"), doc.order_channel_id.name or ""),
            (self.env._("Order Date"), doc._spell_date(doc.date_order)),
            (self.env._("Wanted Date"), doc._spell_date(doc.wanted_date)),
            (self.env._("Promised Date"), spell_promised_date(doc)),
        ]

    def _spell_address(self, partner):
        """Return the lines of an address that say something."""
        lines = partner._display_address(without_company=True).splitlines()
        return [line.strip() for line in lines if line.strip()]

    def _get_terms_head(self, doc):
        """Return label and value of the terms on the order confirmation."""
        means = dict(
            doc.order_type_id._fields["promised_means"]._description_selection(self.env)
        )
        conditions = "; ".join(words for _seat, words in doc._get_review_conditions())
        terms = [
            *self._get_money_facts(doc),
            (self.env._("Packing"), doc.packing_requirements or ""),
            (self.env._("Special Requirements"), doc.special_requirements or ""),
            (
                self.env._("Conditions of Our Approval"),
                conditions or self.env._("none"),
            ),
            (
                self.env._("The Promised Date Means"),
                means.get(doc.order_type_id.promised_means, ""),
            ),
        ]
        if doc.order_type_id.requires_return:
            terms.append(
                (
                    self.env._("Signed Return"),
                    self.env._(
                        "Each day that this confirmation comes back later moves the "
                        "promised date by one day."
                    ),
                )
            )
        return terms
