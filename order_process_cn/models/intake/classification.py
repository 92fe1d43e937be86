"""Which type orders are of (ORD-1)."""

from odoo.exceptions import AccessError, UserError


def propose_types(orders):
    """Return ``{order: (order.type, [reason, …])}``, empty where none applies.

    The types are tried in order of preference; the first one that a reason speaks
    for is proposed. Hints are shown but propose nothing. [CLS-2]
    """
    Type, Rule = orders.env["order.type"], orders.env["order.type.rule"]
    proposals, hints = {}, {order: [] for order in orders}
    for company, own in orders.grouped("company_id").items():
        left = own
        for type_id, rules in Type._compiled_rules(company.id):
            reasons = {order: [] for order in left}
            for rule in rules:
                for order, text in Rule._explain(rule, left).items():
                    (hints if rule["hint"] else reasons)[order].append(text)
            found = left.filtered(lambda order, reasons=reasons: reasons[order])
            for order in found:
                proposals[order] = (
                    Type.browse(type_id),
                    reasons[order] + hints[order],
                )
            left -= found
            if not left:
                break
        proposals |= {order: (Type, hints[order]) for order in left}
    return proposals


def get_order_type(order):
    """Return the type in force: the fixed one, else the proposed one."""
    order.ensure_one()
    return order.order_type_id or order.proposed_type_id


def freeze_type(orders):
    """Fix the type and the reasons shown at submission."""
    # all that the check of the company will ask of a type
    for kind in orders.proposed_type_id:
        kind._fields["company_id"]._insert_cache(kind, [kind._get_company_id() or None])
    for order in orders:
        values = {"order_type_reasons": order.proposed_type_reasons}
        if not order.order_type_id:
            values["order_type_id"] = order.proposed_type_id.id
        # nothing of it is tracked, see _write_review
        order.with_context(mail_notrack=True).write(values)


def lacks_reason_for_type(order):
    """Whether a person is choosing another type than the proposed one without
    saying why. What is stored was asked for its reason when it was."""
    order.ensure_one()
    kind = order.order_type_id
    if not kind or order.order_type_reason or kind == order._origin.order_type_id:
        return False
    return propose_types(order)[order][0] != kind


def log_type_override(orders):
    """Say in the log who classified the order, how and why."""
    for order in orders:
        order._message_log(
            body=orders.env._(
                "Classified as %(type)s: %(reason)s",
                type=order.order_type_id.name,
                reason=order.order_type_reason or "",
            )
        )


def check_type_override(orders, vals):
    """Refuse a type that differs from the proposal unless the person may do it.

    [CLS-3] limited to a group, with a reason.

    :raise AccessError: the person is not in the group
    :raise UserError: no reason given
    """
    if orders.env.user.has_group("order_process_cn.order_group_type_override"):
        if vals.get("order_type_reason"):
            return
        without = orders.filtered(
            lambda order: (
                not order.order_type_reason
                and order.proposed_type_id.id != vals["order_type_id"]
            )
        )
        if not without:
            return
        raise UserError(
            orders.env._(
                "Say why %(orders)s is classified differently: fill in “Reason for "
                "the Type”.",
                orders=", ".join(
                    order.name if order.id else orders.env._("the new order")
                    for order in without
                ),
            )
        )
    raise AccessError(
        orders.env._(
            "You cannot choose the order type: it follows from the order. Somebody "
            "of the group “Override Order Type” can change it and give the reason."
        )
    )


def check_types_of_new(orders, vals_list):
    """As :func:`check_type_override`, before a number is drawn for new orders.

    :param orders: none, of the person who enters them
    :raise AccessError, UserError: as there
    """
    if orders.env.su:
        return
    default = orders.default_get(["order_type_id"]).get("order_type_id")
    for vals in vals_list:
        if kind := vals.get("order_type_id", default):
            # the proposal for what is being entered
            draft = orders.new({**vals, "order_type_id": False})
            check_type_override(draft, {**vals, "order_type_id": kind})
