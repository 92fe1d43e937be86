from collections import Counter
from contextlib import contextmanager

from odoo import models
from odoo.exceptions import UserError


def _get_launching(env):
    return env.cr.precommit.data.setdefault("order_process.launching", set())


class SaleOrder(models.Model):
    """What may be delivered, made and bought for an order in force by hand, while a
    part of it waits for signatures (REV-5): what was signed, and no more.

    Counted by product, over everything that names the order: what a line is linked to
    and what only carries its reference.
    """

    _inherit = "sale.order"

    def _get_signed_goods(self):
        """Return ``{product: quantity}`` of what may be launched now, in the units of
        the products; of a kit its components too."""
        goods = Counter()
        for line in self.order_line.filtered("product_id"):
            signed = max(line._get_ordered_quantity() - line.held_quantity, 0.0)
            goods[line.product_id] += signed
            goods.update(line._get_kit_goods(signed))
        return goods

    def _refuse_beyond_signed(self, products, count):
        """Raise if more is launched of ``products`` than was signed, for those of these
        orders that wait with a part.

        :param count: function of one order, see ``launched.py``
        """
        problems = []
        launching = _get_launching(self.env)
        waiting = self.filtered(lambda order: order.id not in launching)
        for order in waiting._filtered_growth_closed():
            launched, others = count(order)
            goods = Counter()
            for served in order | others:
                goods.update(served._get_signed_goods())
            problems += [
                self.env._(
                    "%(order)s, %(product)s: %(launched)s of %(signed)s signed for",
                    order=order.name,
                    product=product.display_name,
                    launched=product.uom_id._spell_with_unit(launched[product]),
                    signed=product.uom_id._spell_with_unit(goods[product]),
                )
                for product in products
                if product.uom_id.compare(launched[product], goods[product]) > 0
            ]
        if problems:
            raise UserError(
                self.env._(
                    "More would serve an order than was signed, while its change is "
                    "under review or it is suspended:\n%(problems)s\nThe rest follows "
                    "by itself when it goes on; ask %(owners)s.",
                    problems="\n".join(problems),
                    owners=", ".join(self.user_id.mapped("name"))
                    or self.env._("its salesperson"),
                )
            )

    @contextmanager
    def _launching(self):
        """What is launched for these orders meanwhile was let through already: see
        ``_filter_launchable``. What a line holds back is noted only afterwards."""
        launching = _get_launching(self.env)
        begun = set(self.ids) - launching
        launching |= begun
        try:
            yield
        finally:
            launching -= begun


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_kit_goods(self, quantity):
        """Return ``{component: quantity}`` of ``quantity`` of a kit, else nothing."""
        product, goods = self.product_id, Counter()
        kits = self.env["mrp.bom"]._bom_find(
            product, bom_type="phantom", company_id=self.company_id.id
        )
        if kit := kits[product]:
            wanted = product.uom_id._compute_quantity(
                quantity, kit.product_uom_id, round=False
            )
            _kits, parts = kit.explode(product, wanted / kit.product_qty)
            for part, data in parts:
                goods[part.product_id] += part.product_uom_id._compute_quantity(
                    data["qty"], part.product_id.uom_id
                )
        return goods
