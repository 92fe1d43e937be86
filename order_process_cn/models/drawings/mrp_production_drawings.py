from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..intake.classification import get_order_type
from ..mechanism.engine import public_act, take_turns
from ..mechanism.order_condition_mixin import Condition
from .order_drawing_set import CANCELLED, REPLACED, WORKSHOP


class MrpProduction(models.Model):
    """The drawings by which something is made (MFG-2)."""

    _inherit = "mrp.production"

    def _condition_drawings(self):
        """[MFG-2] handed out and signed for, where the type of the order asks."""
        since = self.env["order.type"]._drawings_asked_since()
        concerned = self.browse()
        for production in self if since else self.browse():
            order = production._get_sale_orders()[:1]
            asked = since.get(get_order_type(order).id) if order else None
            if asked and production.create_date >= asked:
                concerned |= production
        sets = concerned._find_drawing_sets()
        conditions = {}
        for production in concerned:
            gaps = [drawings._find_gap() for drawings in sets[production]]
            met = any(not gap for gap in gaps)
            conditions[production] = Condition(
                "drawings",
                self.env._("Drawings handed over"),
                met,
                self.env._("Engineering"),
                "; ".join(filter(None, gaps)) or self.env._("not asked for"),
            )
        return conditions

    def _find_drawing_sets(self):
        """Return ``{production order: drawing sets}`` by which these superuser orders
        are made: their own, those of the order from which they were split, and those of
        their sales order."""
        found = dict.fromkeys(self, self.env["order.drawing.set"])
        if not self:
            return found
        families = {p: p.production_group_id.production_ids | p for p in self}
        orders = {p: p._get_all_sale_orders() for p in self}
        domain = Domain(
            "production_ids", "in", self.browse().union(*families.values()).ids
        )
        sales = self.env["sale.order"].union(*orders.values())
        domain |= Domain("order_id", "in", sales.ids)
        sets = found[self[:1]].search(
            Domain("state", "not in", [REPLACED, CANCELLED]) & domain
        )
        for production in self:
            found[production] = sets.filtered(
                lambda d, p=production: (
                    d.product_id == p.product_id
                    and (d.production_ids & families[p] or d.order_id & orders[p])
                )
            )
        return found

    @public_act
    def action_request_drawings(self):
        """Ask engineering for the drawings of these orders, one set a product; what was
        drawn for it last is proposed again. Opens what was asked for.

        :raise UserError: everything is finished or cancelled
        """
        if not self.env.user.has_group(WORKSHOP):
            raise AccessError(self.env._("Production asks for drawings."))
        self.check_access("write")
        take_turns(self)
        if closed := self.filtered(lambda p: p.state in {"done", "cancel"}):
            raise UserError(
                self.env._(
                    "Finished or cancelled: %s", ", ".join(closed.mapped("name"))
                )
            )
        productions = self.sudo()  # checked above
        known = productions._find_drawing_sets()
        sets = self.env["order.drawing.set"].sudo().union(*known.values())
        missing = productions.filtered(lambda p: not known[p])
        for (product, company), alike in missing.grouped(
            lambda p: (p.product_id, p.company_id)
        ).items():
            sets |= sets._request(product, company, alike)
        return sets.sudo(False)._open_sets()
