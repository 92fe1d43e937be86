from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tools import mute_logger

from ..common import OrderCommon

# numbers that occur nowhere else: of the order, of the product, of the pricelist, and
# the price that the pricelist makes of it
PRICE, LIST_PRICE, SURCHARGE = 7131.13, 8242.24, 9353.35
SECRETS = {
    text
    for number in (PRICE, LIST_PRICE, SURCHARGE, LIST_PRICE + SURCHARGE, 2 * PRICE)
    for text in (f"{number:.2f}", f"{number:,.2f}")
}
QUIET = (
    "odoo.orm.models",
    "odoo.http",
    "odoo.addons.base.models.ir_model",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.web.controllers.export",
)
ALSO = "base.group_allow_export,product.group_product_pricelist"


class PriceCommon(OrderCommon):
    """An order, a product and a pricelist with prices of their own, and who is told
    none of them: warehouse and workshop."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False
        cls.closed = (
            cls._user("keeper", f"stock.group_stock_user,{ALSO}"),
            cls._user("worker", f"mrp.group_mrp_user,{ALSO}"),
        )
        cls.product.lst_price = LIST_PRICE
        surcharge = {"compute_price": "formula", "price_surcharge": SURCHARGE}
        cls.pricelist = cls.env["product.pricelist"].create(
            {"name": "Surcharges", "item_ids": [Command.create(surcharge)]}
        )
        cls.order = cls._order(pricelist_id=cls.pricelist.id)
        cls.order.order_line.price_unit = PRICE

    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger(*QUIET))

    def _tells(self, told):
        return any(secret in told for secret in SECRETS)

    def _answer(self, user, records, method, *args, **kwargs):
        """Return what a client is told, as text; a refusal tells nothing."""
        model = records.with_user(user).with_context({})
        try:
            with self.cr.savepoint():
                told = call_kw(model.browse(), method, [records.ids, *args], kwargs)
        except (AccessError, UserError, ValueError):
            return ""
        return str(told)
