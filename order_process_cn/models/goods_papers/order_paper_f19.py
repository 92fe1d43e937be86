from odoo import models

from ...tools.paper_blocks import Facts, Table, Words


class OrderPaperF19(models.AbstractModel):
    """Shipping notice (发货告知书, F19): what is on its way to the customer, by what,
    and when it arrives. Mailed to him before it does. [SHP-3]"""

    _name = "order.paper.f19"
    _inherit = ["order.paper"]
    _description = "Shipping Notice"

    _code = "F19"
    _for_customer = True
    _goods = {
        "number": 7,
        "code": 16,
        "product": 32,
        "specification": 24,
        "sent": 13,
        "unit": 8,
    }

    def _check_may_print(self, records):
        records._check_may_print_delivery()

    def _get_blocks(self, doc):
        delivery = doc.sudo()  # whoever may read a transfer may read all of its paper
        return [
            Facts(self._get_notice_head(delivery)),
            Words(
                self.env._(
                    "The goods listed below are on their way to you. Please have "
                    "somebody ready to take them, count the pieces before you sign, "
                    "and note on the delivery note what is missing or damaged."
                )
            ),
            self._get_sent_goods(delivery),
            Facts(delivery._get_journey(with_link=True)),
            Facts(self._get_contact(delivery)),
        ]

    def _get_notice_head(self, delivery):
        order = delivery.sale_id
        return [
            (self.env._("Customer"), order.partner_id.commercial_partner_id.name),
            (self.env._("Order"), order.name),
            (self.env._("Customer Order No."), order.client_order_ref or ""),
            (self.env._("Left on"), delivery._spell_moment(delivery.date_done)),
            *self._get_receiver(delivery),
        ]

    def _get_sent_goods(self, delivery):
        columns = self._get_delivery_columns(delivery)
        return Table(
            [columns[name]._replace(share=s) for name, s in self._goods.items()],
            [
                [self._get_delivery_cell(name, at, part) for name in self._goods]
                for at, part in enumerate(delivery._list_goods(), start=1)
            ],
        )

    def _get_contact(self, delivery):
        seller = delivery.sale_id.user_id
        return [
            (self.env._("Contact"), seller.name or delivery.company_id.name),
            (self.env._("Phone"), seller.phone or delivery.company_id.phone or ""),
        ]
