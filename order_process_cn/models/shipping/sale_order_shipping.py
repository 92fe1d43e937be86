from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..effect.held import is_held
from ..intake.classification import freeze_type, get_order_type
from ..mechanism.engine import public_act, take_turns
from .order_shipping_release import CANCELLED, DRAFT, REFUSED, TAKEN


class SaleOrder(models.Model):
    """The goods of an order and what lets them leave (SHP-1)."""

    _inherit = "sale.order"

    ships_on_release = fields.Boolean(
        string="Leaves on Release Only",
        copy=False,
        readonly=True,
        help="The type of the order asked for shipping releases when it took effect.",
        groups="base.group_user",
    )
    shipping_release_ids = fields.One2many(
        "order.shipping.release",
        "order_id",
        string="Shipping Releases",
        copy=False,
        groups="base.group_user",
    )
    shipping_release_count = fields.Integer(
        compute="_compute_shipping_release_count",
        compute_sudo=True,
        groups="base.group_user",
    )

    def _compute_shipping_release_count(self):
        self.shipping_release_count = 0
        if guarded := self.filtered("ships_on_release"):
            counts = self.env["order.shipping.release"]._read_group(
                [("order_id", "in", guarded.ids), ("state", "!=", CANCELLED)],
                ["order_id"],
                ["__count"],
            )
            for order, count in counts:
                order.shipping_release_count = count

    # -- which orders ------------------------------------------------------------------

    def _ask_for_shipping_release(self):
        """Keep with orders that take effect now whether their goods need a release:
        what a type asks for later concerns later orders."""
        asking = self.env["order.type"]._ids_releasing()
        if not asking:
            return
        concerned = self.filtered(lambda o: get_order_type(o).id in asking)
        # nobody had to review them: a submission would have fixed the type
        freeze_type(concerned.filtered(lambda o: not o.order_type_id))
        concerned.filtered(lambda o: not o.ships_on_release).ships_on_release = True
        (self - concerned).filtered("ships_on_release").ships_on_release = False

    def _is_any_shipping_guarded(self):
        """Whether goods of one order, if any, leave on a release only."""
        return any(order.ships_on_release for order in self) and bool(
            self.env["order.type"]._ids_releasing()
        )

    def _spell_excess(self, product, left, let_go):
        unit = product.uom_id
        return self.env._(
            "%(order)s, %(product)s: %(left)s would have left, %(released)s may → "
            "Sales requests a shipping release, finance grants it",
            order=self.name,
            product=product.display_name,
            left=unit._spell_with_unit(left),
            released=unit._spell_with_unit(let_go),
        )

    def _may_ship(self):
        """Whether one order is where its goods may leave at all."""
        self.ensure_one()
        return self.state == "sale" and not is_held(self)

    # -- money -------------------------------------------------------------------------

    def _get_value_of(self, lines):
        """Return the price of what stands on these shipping lines, with taxes. A kit
        counts as far as its part of which most leaves."""
        self.ensure_one()
        ordered = self.order_line._get_shippable()
        quantities = {}
        for line in lines:
            key = (line.order_line_id, line.product_id)
            quantities[key] = quantities.get(key, 0.0) + line.product_qty
        shares = {}
        for key, quantity in quantities.items():
            if ordered.get(key):
                share = min(quantity / ordered[key], 1.0)
                shares[key[0]] = max(shares.get(key[0], 0.0), share)
        value = sum(line.price_total * share for line, share in shares.items())
        return self.currency_id.round(value)

    # -- asking ------------------------------------------------------------------------

    @public_act
    def action_request_shipping(self):
        """Open the request for what of this order is ready and not asked for yet."""
        self.ensure_one()
        releases = self.env["order.shipping.release"]
        releases.check_access("write")
        releases._check_may_submit()
        self.check_access("write")
        take_turns(self)  # one request, whoever asks first
        order = self.sudo()  # may ask for it: checked above
        if not order._is_any_shipping_guarded() or not order._may_ship():
            raise UserError(
                self.env._(
                    "%s needs no shipping release: it is not in effect, or its type "
                    "asks for none.",
                    self.name,
                )
            )
        release = order._get_open_request() or order._propose_shipping(ready_only=False)
        if not release:
            raise UserError(
                self.env._("All goods of %s are requested or released.", self.name)
            )
        return self._open_shipping_releases(release)

    @public_act
    def action_view_shipping_releases(self):
        """Open what was requested and released of these orders."""
        self.check_access("read")
        # whether there are any is shown to whoever sees the order
        return self._open_shipping_releases(self.sudo().shipping_release_ids)

    def _open_shipping_releases(self, releases):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_shipping_release_action"
        )
        action["context"] = {}
        action["domain"] = [("id", "in", releases.ids)]
        if len(releases) == 1:
            action["views"] = [(False, "form")]
            action["res_id"] = releases.id
        return action

    def _get_open_request(self):
        return self.shipping_release_ids.filtered(
            lambda release: release.state in {DRAFT, REFUSED}
        )[:1]

    def _propose_shipping(self, ready_only=True):
        """Return a new request for what of one order is reserved and on no other; all
        that is left of it if nothing is reserved and somebody wants it anyway."""
        # what is suspended is not asked for
        goods = self.order_line.filtered(lambda line: not line.is_suspended)
        ready = goods._get_ready_to_ship()
        taken = goods._get_taken_for_shipping(states=(DRAFT, REFUSED, *TAKEN))
        use_ready = ready_only or any(ready.values())
        lines = []
        for (line, product), ordered in goods._get_shippable().items():
            left = ordered - sum(taken[line, product].values())
            wanted = min(left, ready[line, product]) if use_ready else left
            if product.uom_id.compare(left, 0) > 0:
                own = product == line.product_id
                unit = line.product_uom_id if own else product.uom_id
                quantity = product.uom_id._compute_quantity(max(wanted, 0.0), unit)
                lines.append((line, product, unit, quantity))
        if not any(quantity for *_goods, quantity in lines):
            return self.env["order.shipping.release"]
        return self._create_shipping_request(lines)

    def _create_shipping_request(self, lines):
        return self.env["order.shipping.release"].create(
            {
                "order_id": self.id,
                "line_ids": [
                    Command.create(
                        {
                            "sequence": number,
                            "order_line_id": line.id,
                            "product_id": product.id,
                            "product_uom_id": unit.id,
                            "quantity": quantity,
                        }
                    )
                    for number, (line, product, unit, quantity) in enumerate(lines)
                ],
            }
        )

    # -- the worker --------------------------------------------------------------------

    def _look_at_shipping(self):
        """Follow the goods of these orders, let go what was only waiting, and propose
        what is ready. Called by the recheck worker."""
        guarded = self.filtered(lambda order: order._is_any_shipping_guarded())
        if not guarded:
            return
        guarded.shipping_release_ids._follow_goods()
        guarded.shipping_release_ids._release_what_waited()
        for order in guarded:
            if order._may_ship() and not order._get_open_request():
                order._propose_shipping()._remind_of_request()
