"""What changes around an order without a write on it."""

from odoo import Command

from .registry import act


@act()
def customer_moves(walk, which, what):
    partner = walk.order.sudo().partner_shipping_id
    partner.street = walk.one_of(("1 Pump Road", "Elsewhere"), what)


@act()
def names_change(walk, which, what):
    order = walk.order.sudo()
    named = walk.one_of(
        (order.partner_id, order.order_line.product_id[:1], order.order_type_id), which
    )
    named.name = walk.one_of(("One", "Two"), what)


@act()
def terms_change(walk, which, what):
    lines = walk.order.sudo().payment_term_id.line_ids
    lines.nb_days = walk.one_of((30, 180), what)


@act()
def contacts_merge(walk, which, what):
    """His double remains; he may live elsewhere."""
    partner = walk.order.sudo().partner_id
    double = partner.copy({"name": partner.name})
    if what % 2:
        double.street = "Elsewhere"
    walk.env["base.partner.merge.automatic.wizard"]._merge(
        (partner + double).ids, double, extra_checks=False
    )


@act()
def precision_changes(walk, which, what):
    digits = walk.env["decimal.precision"].search([("name", "=", "Product Unit")])
    digits.digits = walk.one_of((3, 2), what)


@act()
def rate_changes(walk, which, what):
    rates = walk.case.usd.rate_ids.sorted("name")
    rates[-1].rate = walk.one_of((0.02, 0.16), what)


@act()
def credit_changes(walk, which, what):
    customer = walk.order.sudo().partner_id.commercial_partner_id
    customer = customer.with_company(walk.case.company)
    customer.credit_limit = walk.one_of((1000, 50000, 0), what)


@act()
def credit_is_used(walk, which, what):
    """The customer confirms another order, which no procedure concerns."""
    other = walk.case._order(
        partner_id=walk.order.sudo().partner_id.id, quantity=1, price=45000
    ).sudo()
    other.order_type_id = walk.case.free_type
    other.action_confirm()


@act()
def archive(walk, which, what):
    order = walk.order.sudo()
    concerned = walk.one_of(
        (
            order.order_type_id,
            order.order_line.product_id[:1],
            order.partner_id,
            order.payment_term_id,
            walk.case.rule,
        ),
        which,
    )
    concerned.active = bool(what % 2)


@act(weight=2)
def somebody_leaves(walk, which, what):
    people = (
        walk.case.signers["engineering"],
        walk.case.colleagues["engineering"],
        walk.case.signers["purchase"],
        walk.case.signers["sales"],
        walk.case.gm,
    )
    walk.one_of(people, which).active = bool(what % 2)


@act()
def roster_changes(walk, which, what):
    name = walk.one_of(("engineering", "purchase", "sales", "gm"), which)
    members = walk.one_of((walk.case.clerk, walk.case.gm.browse()), what)
    values = {"member_ids": [Command.set(members.ids)], "head_id": members[:1].id}
    walk.rpc(walk.case.administrator, walk.case.departments[name], "write", values)


@act()
def route_on_off(walk, which, what):
    values = {"active": bool(what % 2)}
    walk.rpc(walk.case.administrator, walk.case.walk_route, "write", values)


@act()
def route_changes(walk, which, what):
    domain = walk.one_of(("[]", "[('amount_untaxed', '<', 20000)]"), what)
    values = {"domain": domain}
    walk.rpc(walk.case.administrator, walk.case.walk_route, "write", values)


@act()
def type_changes(walk, which, what):
    name = walk.one_of(
        ("requires_technical", "confirms_automatically", "reviews_before_sending"),
        which,
    )
    order_type = walk.order.sudo().order_type_id
    walk.rpc(walk.case.administrator, order_type, "write", {name: bool(what % 2)})
