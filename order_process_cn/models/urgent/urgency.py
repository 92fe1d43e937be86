"""Orders that become urgent, and what others answer (URG)."""

from odoo import fields
from odoo.exceptions import AccessError, UserError

GROUP = "order_process_cn.order_group_urgency"


def check_urgency_change(orders, vals):
    """Refuse to set or clear the flag on confirmed orders, but for the group.

    [URG-1]

    :raise AccessError: naming the orders
    """
    confirmed = orders.filtered(
        lambda order: order.state == "sale" and order.is_urgent != vals["is_urgent"]
    )
    if confirmed and not orders.env.user.has_group(GROUP):
        raise AccessError(
            orders.env._(
                "%s is confirmed: only the group “Urgency of Confirmed Orders” can "
                "make it urgent or take the urgency away.",
                ", ".join(confirmed.mapped("display_name")),
            )
        )


def on_urgency(orders):
    """The flag was set or cleared: what the orders have caused follows. [URG-4]"""
    # what an order has caused need not be visible to whoever hurries it
    orders = orders.sudo()
    references = orders.stock_reference_ids
    references.move_ids.picking_id._follow_urgency()
    references.production_ids._follow_urgency()
    references.purchase_ids._follow_urgency()
    untold = orders.filtered(lambda o: o.is_urgent and not o.urgent_told_on)
    untold._mark_for_recheck("urgency")


def get_urgent_audience(order):
    """Return who is told of one urgent order."""
    order.ensure_one()
    rosters = order.env["order.department"]._rosters(order.company_id.id)
    people = set(order.urgent_member_ids.user_id.ids)
    for department in order.urgent_member_ids.department_id:
        people.update(rosters.get(department.id, (False, ()))[1])
    return order.env["res.users"].browse(sorted(people))


def check_reply_signed(orders):
    """Raise unless the reply to these urgent orders is signed."""
    known = orders.sudo()  # whether it is signed is no secret
    if plain := known.filtered(lambda order: not order.is_urgent):
        raise UserError(orders.env._("Not urgent: %s", ", ".join(plain.mapped("name"))))
    problems = [
        f"{order.name}: {reason}" for order, reason in known._find_review_gaps().items()
    ]
    if problems:
        raise UserError(
            orders.env._("The reply is not signed yet.") + "\n" + "\n".join(problems)
        )


def on_urgent_reply(orders):
    orders.filtered(
        lambda order: not order.urgent_replied_on
    ).urgent_replied_on = fields.Datetime.now()


def tell_of_urgency(orders):
    """Tell the teams and the departments they come from, once. Called by the worker.
    [URG-1]"""
    for order in orders.filtered(lambda o: o.is_urgent and not o.urgent_told_on):
        people = get_urgent_audience(order)
        order.urgent_told_on = fields.Datetime.now()
        order.message_notify(
            partner_ids=people.partner_id.ids,
            subject=order.env._("Urgent order %s", order.name),
            body=order.env["ir.qweb"]._render(
                "order_process_cn.urgent_order_notice", {"order": order}
            ),
        )


def reply_to_urgent_orders(orders):
    """Send the replies that the deputy general manager has signed. Called by the
    worker. [URG-2]"""
    waiting = orders.filtered(
        lambda order: (
            order.is_urgent
            and not order.urgent_replied_on
            and order.review_state == "approved"
            and order.order_type_id.replies_automatically
        )
    )
    if not waiting:
        return
    gaps = waiting._find_review_gaps()
    template = orders.env.ref("order_process_cn.mail_template_urgent_reply")
    for order in waiting.filtered(lambda order: order not in gaps):
        if not order.partner_id.email:
            order._tell_owner(
                order.env._(
                    "The customer has no e-mail address: reply "
                    "yourself, then press “Replied by Phone”."
                ),
                key="urgent.no_email",
            )
            continue
        order.urgent_replied_on = fields.Datetime.now()
        order.message_post_with_source(
            template,
            email_layout_xmlid="mail.mail_notification_light",
            subtype_xmlid="mail.mt_comment",
        )
