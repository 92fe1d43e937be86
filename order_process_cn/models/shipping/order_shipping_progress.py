from odoo import models
from odoo.fields import Command

from .order_goods import find_to_ask_for, spell_line
from .release_states import LETS_LEAVE, RELEASED, SHIPPED


class OrderShippingRelease(models.Model):
    """What has become of the goods of a release. The gate counts for itself, from the
    goods; this is what people see and what a release that expires has used up."""

    _inherit = "order.shipping.release"

    def _follow_goods(self):
        """Store how much has left on these releases: first released, first used."""
        following = self.order_id.shipping_release_ids.filtered(
            lambda release: release.state in LETS_LEAVE
        )
        if not following:
            return
        left, _held = self.env["stock.move.line"]._count_shipped(following.order_id)
        for release in following.sorted(lambda r: (r.released_on, r.id)):
            release._use_up(left)
        released = following.filtered(lambda r: r.state == RELEASED)
        done = released.filtered(lambda r: r._is_used_up() or r._is_complete())
        done._move_to(SHIPPED)

    def _use_up(self, left):
        """Store on the lines of one release what of ``left`` falls to them."""
        for line in self.line_ids:
            key = (self.order_id.id, line.product_id.id)
            used = min(max(left[key], 0.0), line.product_qty)
            left[key] -= used
            if line.product_id.uom_id.compare(line.used_qty, used):
                line.used_qty = used

    def _is_used_up(self):
        return all(
            line.product_id.uom_id.compare(line.used_qty, line.product_qty) >= 0
            for line in self.line_ids
        )

    def _is_complete(self):
        """[SHP-8] Whether no more than is tolerated is missing, and nobody is about to
        send it."""
        lines = self.line_ids
        for line in lines:
            missing = line.product_qty - line.used_qty
            if not line.product_id._may_be_missing(
                self.order_id, missing, line.product_qty
            ):
                return False
        return any(lines.mapped("used_qty")) and not any(
            move.state not in {"done", "cancel"}
            and move.location_dest_id._is_outgoing()
            for move in lines.order_line_id.move_ids
        )

    def _find_waiting(self):
        """Return ``{release id: words}``: those on which nothing more leaves now."""
        # what was used up to the last piece holds for ever
        open_ones = self.filtered(
            lambda release: release.state == RELEASED or not release._is_used_up()
        )
        return {
            release.id: self.env._(
                "%(release)s waits for: %(conditions)s",
                release=release.display_name,
                conditions="; ".join(release._spell(c) for c in missing),
            )
            for release, missing in open_ones._collect_open_conditions("ship").items()
        }

    def _follow_ready(self):
        """Add to proposals that nobody has touched what is ready since."""
        for release in self:
            lines = {line._get_key(): line for line in release.line_ids}
            for number, goods in enumerate(
                find_to_ask_for(release.order_id, beside=release)
            ):
                release._follow_goods_ready(lines.get(goods[:2]), number, goods)

    def _follow_goods_ready(self, line, number, goods):
        *_line, unit, quantity = goods
        if line and unit.compare(quantity, line.quantity) > 0:
            line.quantity = quantity
        elif not line and unit.compare(quantity, 0) > 0:
            self.line_ids = [Command.create(spell_line(number, *goods))]
        else:
            return
        self._message_log(
            body=self.env._(
                "More is ready: %s",
                self.env._(
                    "%(product)s: %(quantity)s",
                    product=goods[1].display_name,
                    quantity=unit._spell_with_unit(quantity),
                ),
            )
        )

    def _remind_of_request(self):
        """Leave whoever sells it one to-do for each proposal."""
        for release in self:
            release._leave_todo(
                "shipping.request",
                self.env._("Goods are ready: request their release"),
                user=release.user_id,
            )
