"""What of the goods of orders may leave, and asking for it (SHP-1)."""

from odoo.fields import Command

from ..effect.held import is_held
from ..intake.classification import freeze_type, get_order_type
from .release_states import DRAFT, REFUSED, TAKEN


def ask_for_shipping_release(orders):
    """Keep with orders that take effect now whether their goods need a release:
    what a type asks for later concerns later orders."""
    asking = orders.env["order.type"]._ids_releasing()
    if not asking:
        return
    concerned = orders.filtered(lambda o: get_order_type(o).id in asking)
    # nobody had to review them: a submission would have fixed the type
    freeze_type(concerned.filtered(lambda o: not o.order_type_id))
    concerned.filtered(lambda o: not o.ships_on_release).ships_on_release = True
    (orders - concerned).filtered("ships_on_release").ships_on_release = False


def is_any_shipping_guarded(orders):
    """Whether goods of one order, if any, leave on a release only."""
    return any(order.ships_on_release for order in orders) and bool(
        orders.env["order.type"]._ids_releasing()
    )


def asks_for_release(order):
    """Whether the goods of one order that is not in effect will need a release."""
    releasing = order.env["order.type"]._ids_releasing()
    return bool(releasing) and get_order_type(order).id in releasing


def is_of_procedure(orders):
    return any(
        order.progress or is_any_shipping_guarded(order) or asks_for_release(order)
        for order in orders
    )


def is_early(order):
    """Whether the goods of one order, if any, will need a release that they cannot have
    yet, or not any more."""
    return bool(order) and not may_ship(order) and asks_for_release(order)


def filtered_shipping(orders):
    return orders.filtered(may_ship)


def spell_excess(orders, product, left, let_go):
    unit = product.uom_id
    return orders.env._(
        "%(order)s, %(product)s: %(left)s would have left, %(released)s may → "
        "Sales requests a shipping release, finance grants it",
        order=orders.name,
        product=product.display_name,
        left=unit._spell_with_unit(left),
        released=unit._spell_with_unit(let_go),
    )


def may_ship(order):
    """Whether one order is where its goods may leave at all."""
    order.ensure_one()
    return order.state == "sale" and not is_held(order)


def get_value_of(order, lines):
    """Return the price of what stands on these shipping lines, with taxes. A kit
    counts as far as its part of which most leaves."""
    order.ensure_one()
    ordered = order.order_line._get_shippable()
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
    return order.currency_id.round(value)


def open_shipping_releases(orders, releases):
    action = orders.env["ir.actions.act_window"]._for_xml_id(
        "order_process_cn.order_shipping_release_action"
    )
    action["context"] = {}
    action["domain"] = [("id", "in", releases.ids)]
    if len(releases) == 1:
        action["views"] = [(False, "form")]
        action["res_id"] = releases.id
    return action


def get_open_request(orders):
    return orders.shipping_release_ids.filtered(
        lambda release: release.state in {DRAFT, REFUSED}
    )[:1]


def propose_shipping(orders, ready_only=True):
    """Return a new request for what of one order is reserved and on no other; all
    that is left of it if nothing is reserved and somebody wants it anyway."""
    lines = find_to_ask_for(orders, ready_only=ready_only)
    if not any(quantity for *_goods, quantity in lines):
        return orders.env["order.shipping.release"]
    return create_shipping_request(orders, lines)


def find_to_ask_for(orders, ready_only=True, beside=()):
    """Return ``[(line, product, unit, quantity), …]`` of what of one order is on no
    request and no release, and how much of it would be proposed.

    :param beside: the requests that do not count
    """
    # what is suspended is not asked for
    goods = orders.order_line.filtered(lambda line: not line.is_suspended)
    ready = goods._get_ready_to_ship()
    taken = goods._get_taken_for_shipping(states=(DRAFT, REFUSED, *TAKEN))
    use_ready = ready_only or any(ready.values())
    lines = []
    for (line, product), ordered in goods._get_shippable().items():
        others = (q for r, q in taken[line, product].items() if r not in beside)
        left = ordered - sum(others)
        wanted = min(left, ready[line, product]) if use_ready else left
        if product.uom_id.compare(left, 0) > 0:
            own = product == line.product_id
            unit = line.product_uom_id if own else product.uom_id
            quantity = product.uom_id._compute_quantity(max(wanted, 0.0), unit)
            lines.append((line, product, unit, quantity))
    return lines


def create_shipping_request(orders, lines):
    return orders.env["order.shipping.release"].create(
        {
            "order_id": orders.id,
            "line_ids": [
                Command.create(spell_line(number, *goods))
                for number, goods in enumerate(lines)
            ],
        }
    )


def spell_line(number, line, product, unit, quantity):
    return {
        "sequence": number,
        "order_line_id": line.id,
        "product_id": product.id,
        "product_uom_id": unit.id,
        "quantity": quantity,
    }


def look_at_shipping(orders):
    """Follow the goods of these orders, let go what was only waiting, and propose what
    is ready. Called by the worker."""
    guarded = orders.filtered(lambda order: is_any_shipping_guarded(order))
    if not guarded:
        return
    guarded.shipping_release_ids._follow_goods()
    guarded.shipping_release_ids._release_what_waited()
    for order in guarded:
        if not may_ship(order):
            continue
        if request := get_open_request(order):
            request.filtered("is_proposal")._follow_ready()
            continue
        proposal = propose_shipping(order)
        proposal.is_proposal = True
        proposal._remind_of_request()
