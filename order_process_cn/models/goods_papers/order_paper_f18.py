from odoo import api, models

from ...tools.paper_blocks import Boxes, Cell, Column, Facts, Row, Table
from ..prices.res_users import PRICE_GROUP


class OrderPaperF18(models.AbstractModel):
    """Delivery note of sales (送货单, F18): what goes to the customer, what was ordered
    and what he is still owed. [SHP-3]

    Prices stand on it only where the form asks for them, and only for a reader to whom
    prices and this order are open: the driver and the warehouse see none.
    """

    _name = "order.paper.f18"
    _inherit = ["order.paper"]
    _description = "Delivery Note"

    _code = "F18"
    _for_customer = True
    _offers_prices = True
    _goods = {
        "number": 6,
        "code": 14,
        "product": 25,
        "specification": 19,
        "ordered": 10,
        "sent": 10,
        "owed": 9,
        "unit": 7,
    }
    # in place of some of the width of the others
    _goods_priced = {
        "number": 5,
        "code": 11,
        "product": 17,
        "specification": 13,
        "ordered": 9,
        "sent": 9,
        "owed": 8,
        "unit": 6,
        "price": 9,
        "amount": 13,
    }

    def _check_may_print(self, records):
        records._check_may_print_delivery()

    def _get_blocks(self, doc):
        # whoever may read a transfer may read all of its paper but prices
        delivery = doc.sudo()
        return [
            Facts(self._get_delivery_head(delivery)),
            self._get_delivered_goods(delivery, self._may_see_prices(doc)),
            *self._get_signing(delivery),
        ]

    # -- head --------------------------------------------------------------------------

    def _get_delivery_head(self, delivery):
        order = delivery.sale_id
        left = delivery.date_done or delivery.scheduled_date
        return [
            (self.env._("Customer"), order.partner_id.commercial_partner_id.name),
            (self.env._("Date"), delivery._spell_date(left)),
            (self.env._("Order"), order.name),
            (self.env._("Customer Order No."), order.client_order_ref or ""),
            *self._get_receiver(delivery),
            *delivery._get_journey(),
        ]

    # -- goods -------------------------------------------------------------------------

    def _may_see_prices(self, doc):
        form = self.env["order.form"]._by_code(self._code)
        if not form.shows_prices or not self.env.user._has_group(PRICE_GROUP):
            return False
        # core draws papers as superuser: the reader stays who he is
        return doc.sudo().sale_id.sudo(False).has_access("read")

    def _get_delivered_goods(self, delivery, priced):
        self_priced = self._goods_priced if priced else self._goods
        columns = {
            **self._get_delivery_columns(delivery),
            "price": Column(self.env._("Price with Taxes"), 0, "end"),
        }
        goods = delivery._list_goods()
        rows = [
            [self._get_note_cell(name, number, part) for name in self_priced]
            for number, part in enumerate(goods, start=1)
        ]
        if priced:
            rows.append(self._get_total(delivery, goods, len(self_priced)))
        return Table(
            [columns[name]._replace(share=s) for name, s in self_priced.items()], rows
        )

    def _get_note_cell(self, name, number, part):
        own = part.line and part.line.product_id == part.product
        if name == "price":
            return self._spell_price(self._get_price(part)) if own else ""
        if name == "amount":
            amount = self._get_price(part) * part.sent
            return part.line.order_id._format_money(amount) if own else ""
        return self._get_delivery_cell(name, number, part)

    @api.model
    def _get_price(self, part):
        line = part.line
        ordered = line.product_uom_qty
        return line.price_total / ordered if ordered else 0.0

    def _get_total(self, delivery, goods, width):
        order = delivery.sale_id
        total = sum(
            order.currency_id.round(self._get_price(part) * part.sent)
            for part in goods
            if part.line and part.line.product_id == part.product
        )
        label = Cell([self.env._("Total with Taxes")], span=width - 1, bold=True)
        amount = Cell([order._format_money(total)], bold=True, align="end")
        return Row([label, amount])

    # -- who signs ---------------------------------------------------------------------

    def _get_signing(self, delivery):
        """Return the places to sign: of the receiver above all."""
        form = self.env["order.form"]._by_code(self._code)
        return [
            Boxes(
                [
                    (self.env._("Made by"), self._get_maker(delivery)),
                    (self.env._("Driver"), delivery.driver or ""),
                    (
                        self.env._("Received by the Customer (signature, stamp, date)"),
                        "",
                    ),
                ],
                is_low=self._is_low(form._get_paperformat()),
            )
        ]

    def _get_maker(self, delivery):
        """Return who made the note: sales."""
        return delivery.sale_id.user_id.name or ""


class OrderPaperF18B(models.AbstractModel):
    """Dispatch note of the warehouse (销售发货单): the same body, made by the shipper.
    [SHP-3]"""

    _name = "order.paper.f18b"
    _inherit = ["order.paper.f18"]
    _description = "Dispatch Note"

    _code = "F18B"

    def _get_maker(self, delivery):
        return delivery.user_id.name or ""
