"""Of which type orders of the past would have been, for trials (PRC-2)."""

from datetime import datetime


def find_types(orders):
    """Return ``{order: order.type}``: the one that was fixed, else the one that would
    have been proposed on the day, whatever is switched on now.

    :param orders: of one company, as superuser
    """
    env = orders.env
    found = {order: order.order_type_id for order in orders}
    left = orders.filtered(lambda order: not order.order_type_id)
    if not left:
        return found
    company = orders.company_id[:1]
    kinds = env["order.type"].search(
        [("rule_ids", "!=", False), ("company_id", "in", [False, company.id])]
    )
    history = _History(left)
    for kind in kinds:
        for rule in (rule._compile() for rule in kind.rule_ids):
            if rule["hint"] or not left:
                continue
            fitting = history.detect(rule, left)
            found.update(dict.fromkeys(fitting, kind))
            left -= fitting
    return found


class _History:
    """What was known of customers and products on the day of each order: today each of
    them has ordered already."""

    def __init__(self, orders):
        self.rules = orders.env["order.type.rule"]
        self.first = {}
        lines = orders.env["sale.order.line"]._read_group(
            [
                ("state", "=", "sale"),
                ("company_id", "in", orders.company_id.ids),
                (
                    "order_partner_id.commercial_partner_id",
                    "in",
                    orders.partner_id.commercial_partner_id.ids,
                ),
            ],
            ["order_partner_id", "product_id", "order_id"],
        )
        for partner, product, order in lines:
            customer = partner.commercial_partner_id
            for key in (customer, (customer, product)):
                first = self.first.get(key, datetime.max)
                self.first[key] = min(first, order.date_order)

    def detect(self, rule, orders):
        """Return those of ``orders`` to which a compiled reason applied on the day."""
        if rule["kind"] == "new_customer":
            return orders.filtered_domain(rule["domain"]).filtered(self._is_first)
        if rule["kind"] == "new_product":
            return orders.filtered_domain(rule["domain"]).filtered(
                lambda order: any(
                    self._is_first(order, line.product_id)
                    for line in order.order_line
                    if line.product_id.type == "consu"
                )
            )
        return orders.browse(o.id for o in self.rules._explain(rule, orders))

    def _is_first(self, order, product=None):
        customer = order.partner_id.commercial_partner_id
        key = (customer, product) if product else customer
        return self.first.get(key, datetime.max) >= order.date_order
