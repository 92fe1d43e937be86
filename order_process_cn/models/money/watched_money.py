"""Which orders have to be looked at because their money may have changed."""


def is_money_watched(env, companies):
    """Whether orders of any of ``companies`` can be concerned: a deposit or a
    procedure is in use there. Costs no query."""
    rules, routes = env["order.deposit.rule"], env["order.review.route"]
    return (
        any(
            rules._is_used(company_id) or routes._ids_for("sale.order", company_id)
            for company_id in companies.ids
        )
        or env["order.type"]._may_wait_for_money()
    )


def watch_money(env, companies, orders=(), moves=()):
    """Mark these orders, and those whose money is on the journal entries ``moves``,
    for recheck before this transaction commits.

    :param orders: ids
    :param moves: ids
    """
    if not is_money_watched(env, companies):
        return
    # the worker's queue is written by the engine
    mark = env["sale.order"].sudo()._mark_for_money
    env["order.touched"]._collect(mark, orders=orders, moves=moves)
