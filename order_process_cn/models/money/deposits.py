"""Which deposit orders need, and whether it is there (DEP-1, DEP-2)."""

from odoo.exceptions import AccessError, UserError

# what a person enters about a deposit, sales managers only
DEPOSIT_FIELDS = {"deposit_rule_id", "deposit_agreed", "deposit_required"}


def determine_deposit(orders):
    """Apply the first rule that fits, unless a person has chosen another one.

    Called before anything is signed on the strength of it: at submission, and when
    an order without a review is sent or confirmed. What was asked of the customer
    before he confirmed stays.
    """
    concerned = orders.filtered(
        lambda order: (
            not order.deposit_is_chosen
            and not (order.deposit_rule_id and order.state == "sale")
        )
    )
    for order, rule in orders.env["order.deposit.rule"]._find_for(concerned).items():
        if order.deposit_rule_id != rule:
            order.deposit_rule_id = rule
    store_deposit_state(orders)
    # it may be paid at this moment, see ``sale_order_money.py``
    orders.filtered("deposit_rule_id")._mark_for_recheck("money")


def determine_deposit_unreviewed(orders):
    """Determine the deposit of orders whose facts no review vouches for."""
    # what follows from the rules is the engine's to write
    determine_deposit(orders.sudo().filtered(lambda order: not order.review_id))


def filtered_deposit_entered(orders, vals_list):
    """Return those of these new orders that were created with a deposit, from the
    values given or from defaults that a client has sent."""
    given = orders.browse(
        order.id
        for order, vals in zip(orders, vals_list, strict=True)
        if any(vals.get(name) for name in DEPOSIT_FIELDS)
    )
    known = orders.sudo()  # whoever enters orders is asked about it
    return given | known.filtered(
        lambda order: order.deposit_rule_id or order.deposit_agreed
    ).with_env(orders.env)


def check_deposit_change(orders):
    """Refuse a deposit entered by somebody who may not, or too late.

    :raise AccessError: the person is no sales manager
    :raise UserError: the order is approved or confirmed
    """
    if not orders.env.user.has_group("sales_team.group_sale_manager"):
        raise AccessError(
            orders.env._(
                "The deposit follows from the rules. A sales manager can change it "
                "until the order is approved."
            )
        )
    late = orders.filtered(
        lambda order: order.state == "sale" or order.review_state == "approved"
    )
    if late:
        raise UserError(
            orders.env._(
                "The deposit of %(orders)s was agreed: it can be changed until the "
                "order is approved.",
                orders=", ".join(late.mapped("name")),
            )
        )


def note_deposit_choice(orders):
    """Remember that a person chose the rule: it is not determined again. What is
    required follows from it, whatever a client says."""
    known = orders.sudo()  # noted by the engine only
    known.deposit_is_chosen = True
    known._compute_deposit_required()


def get_deposit_gaps(orders):
    """Return ``{order: (received, missing)}`` in the currency of each order, for
    the orders that need a deposit.

    Counted is all that was paid: whoever paid the whole price paid the deposit.
    """
    concerned = orders.filtered(lambda order: order.deposit_required > 0)
    gaps = {}
    for order, received in concerned._get_received().items():
        paid = received.total_in_order - received.kept_in_order
        missing = order.currency_id.round(order.deposit_required - paid)
        gaps[order] = (paid, max(missing, 0.0))
    return gaps


def store_deposit_state(orders):
    """Store for the lists how far the deposit of these orders has come."""
    gaps = get_deposit_gaps(orders)
    for order in orders:
        paid, missing = gaps.get(order, (0.0, 0.0))
        state = False
        if order in gaps:
            partly = "partial" if paid > 0 else "waiting"
            state = partly if missing else "received"
        if order.deposit_state != state:
            order.deposit_state = state


def asks_deposit_online(order):
    order.ensure_one()
    return order.deposit_rule_id.asks_online and order.deposit_required > 0


def get_deposit_percent(order):
    """Return the deposit as core's share of the total, over 0 and at most 1."""
    order.ensure_one()
    share = order.deposit_required / (order.amount_total or 1.0)
    return min(max(share, 0.0001), 1.0)


def is_deposit_paid(order):
    """Whether there is nothing left to ask online."""
    order.ensure_one()
    gaps = get_deposit_gaps(order)
    return order in gaps and not gaps[order][1]


def spell_deposit(order, paid):
    return order.env._(
        "received %(received)s of %(required)s",
        received=order._format_money(paid),
        required=order._format_money(order.deposit_required),
    )
