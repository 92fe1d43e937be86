from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import AccessError

from ..mechanism.engine import public_act, take_turns
from ..mechanism.order_condition_mixin import Condition
from ..shipping.release_states import CANCELLED, RELEASED
from .order_inspection import CANCELLED as GIVEN_UP
from .order_inspection import DRAFT
from .order_inspection_point import OUTGOING


class OrderShippingRelease(models.Model):
    """The inspection of goods before they leave (MFG-7): a condition of shipping."""

    _name = "order.shipping.release"
    _inherit = ["order.shipping.release", "order.inspected.mixin"]

    inspection_ids = fields.One2many(
        "order.inspection", "release_id", string="Inspections"
    )
    asks_inspection = fields.Boolean(
        compute="_compute_asks_inspection", compute_sudo=True
    )

    def _compute_asks_inspection(self):
        self.asks_inspection = False
        if not self.env["order.inspection.point"].browse()._is_any():
            return  # where nobody inspects it costs no query
        for release in self:
            release.asks_inspection = release.state == RELEASED and bool(
                release._find_unasked()
            )

    def _get_condition_providers(self):
        providers = super()._get_condition_providers()
        return {**providers, "ship": [*providers["ship"], self._condition_inspected]}

    def _condition_inspected(self):
        """Goods of a guarding point leave when all that is released has passed."""
        conditions = {}
        for release in self:
            wanted = release._get_to_inspect()
            if not wanted:
                continue
            passed = defaultdict(float)
            for inspection in release.inspection_ids:
                passed[inspection.product_id] += inspection._get_credit()
            problems = [
                self.env._(
                    "%(product)s: %(passed)s of %(quantity)s",
                    product=product.display_name,
                    passed=product.uom_id._spell_quantity(passed[product]),
                    quantity=product.uom_id._spell_with_unit(quantity),
                )
                for product, (quantity, _point) in wanted.items()
                if product.uom_id.compare(passed[product], quantity) < 0
            ]
            conditions[release] = Condition(
                "inspected",
                self.env._("Outgoing inspection"),
                not problems,
                self.env._("Quality"),
                "; ".join(problems),
            )
        return conditions

    def _get_to_inspect(self):
        """Return ``{product: (quantity, Point)}`` of one release, for no query where
        there is no point."""
        points = self.env["order.inspection.point"]._get_guarding(OUTGOING)
        wanted = {}
        if not points:
            return wanted
        for line in self.line_ids.filtered(lambda line: line._is_chosen()):
            product = line.product_id
            for point in points:
                if point.is_for(product, self.company_id.id):
                    before = wanted.get(product, (0.0, point))[0]
                    wanted[product] = before + line.product_qty, point
                    break
        return wanted

    def _find_unasked(self):
        """Return ``{product: (quantity, Point)}`` about which nobody was asked."""
        asked = defaultdict(float)
        for inspection in self.inspection_ids:
            if inspection._counts():
                asked[inspection.product_id] += inspection.quantity
        return {
            product: (quantity - asked[product], point)
            for product, (quantity, point) in self._get_to_inspect().items()
            if product.uom_id.compare(quantity, asked[product]) > 0
        }

    def _move_to(self, state):
        super()._move_to(state)
        if state == RELEASED:
            self._request_inspection()
        elif state == CANCELLED:
            waiting = self.inspection_ids.filtered(lambda i: i.state == DRAFT)
            waiting._move_to(GIVEN_UP)

    def _request_inspection(self):
        """Return new inspections of goods that may leave now."""
        # how it is inspected: whoever ships need not read it
        points = self.env["order.inspection.point"].sudo()
        # nobody may create one; what is released was checked
        return (
            self.env["order.inspection"]
            .sudo()
            ._create_asked(
                [
                    {
                        "kind": point.kind,
                        "point_id": point.id,
                        "company_id": release.company_id.id,
                        "product_id": product.id,
                        "release_id": release.id,
                        "order_id": release.order_id.id,
                        "origin": release.order_id.name,
                        "partner_name": release.partner_id.name,
                        "user_id": points.browse(point.id).user_id.id,
                        "quantity": quantity,
                        "line_ids": points.browse(point.id)._prepare_lines(),
                    }
                    for release in self.sudo()
                    for product, (quantity, point) in release._find_unasked().items()
                ]
            )
        )

    @public_act
    def action_request_inspection(self):
        """Ask quality to inspect goods that were let go before there was a point."""
        if not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(self.env._("Only the warehouse says what is packed."))
        self.check_access("read")
        take_turns(self)
        # checked above; who moves goods sees no points
        released = self.sudo().filtered(lambda r: r.state == RELEASED)
        self._check_asked(released._request_inspection())
        return True
