"""How a form is read: what an order certainly has not is not asked for.

A form asks one query for each of two dozen relations, core's and ours, most of them
to learn that there is nothing. One statement says which there are, and the others
are known to be empty: a form takes fewer queries than in plain Odoo.
"""

from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

# what is empty for all orders from before
EMPTY_AT_FIRST = (
    "deposit_required",
    "issue_group",
    "pickup_deadline",
    "progress",
    "is_imported",
    "delay_count",
    "tracker_id",
)

# more that a form may look for, and the orders that have some of it: asked as simply as
# it can be, because planning a question takes longer than answering it
QUESTIONS = {
    "launched": (
        "SELECT sale_id FROM stock_reference_sale_rel WHERE sale_id = ANY (%s)"
    ),
    "quoted": (
        "SELECT id FROM sale_order WHERE quoted_facts IS NOT NULL AND id = ANY (%s)"
    ),
    "payment": (
        "SELECT sale_order_id FROM account_payment WHERE sale_order_id = ANY (%s)"
    ),
}
DEBTORS = """
    SELECT id FROM unnest(%s::int[]) AS id WHERE EXISTS (
        SELECT FROM account_move_line
         WHERE partner_id = id AND NOT reconciled
           AND parent_state = 'posted' AND amount_residual <> 0)"""
# what fields of a form are computed from, shown or not
BEHIND = {
    "sale.order": {"transaction_ids", "picking_ids", "forfeiture_ids"},
    "sale.order.line": {"invoice_lines", "move_ids"},
}
# relations that are read in any case
LINES = {"order_line", "stock_line_ids"}
# what the questions look at
STORED = {
    "sale.order": ["quoted_facts"],
    "account.payment": ["sale_order_id"],
    "account.move.line": [
        "partner_id",
        "reconciled",
        "parent_state",
        "amount_residual",
    ],
}
MONEY = {"payment", "transaction_ids", "invoice_lines"}
# fields of ours: how each looks to whom none of these is found
ABSENT = {
    "statement_ids": ({"statement_ids"}, ()),
    "forfeiture_ids": ({"forfeiture_ids"}, ()),
    "urgent_member_ids": ({"urgent_member_ids"}, ()),
    "order_measure_ids": ({"launched"}, ()),
    "quotation_differences": ({"quoted"}, False),
    "deposit_received": (MONEY, 0.0),
    "credit_limit": ({"debt"}, 0.0),
    "credit_used": ({"debt"}, 0.0),
    "credit_overdue": ({"debt"}, 0.0),
    "has_overdue": ({"debt"}, False),
    "is_over_credit": ({"debt"}, False),
}


def fill_in_absent(orders, specification):
    """Put into the cache what is absent, of the fields that a form reads."""
    saved = orders.filtered("id")  # of a new order nothing is stored
    for order, present in _find_present(saved, specification).items():
        _fill_in(order, present, specification.keys())


def _find_present(orders, specification):
    """Return ``{order: names of what it has}``, found with one query: relations,
    questions, and "debt". Relations that are empty are put into the cache."""
    if not orders:
        return {}
    reader, lines = orders.env["order.relation.reader"], orders.order_line
    # the procedure asks whether a customer owes us anything, whoever looks
    debtors = {o: o.sudo().partner_invoice_id.commercial_partner_id for o in orders}
    names = specification.keys() | BEHIND["sale.order"]
    own = reader._questions(orders, names - LINES)
    names = specification.get("order_line", {}).get("fields", {}).keys()
    of_lines = reader._questions(lines, names | BEHIND["sale.order.line"])
    for model, names in STORED.items():
        orders.env[model].flush_model(names)
    answers = reader._ask(
        {
            **own,
            **of_lines,
            **{name: SQL(text, orders.ids) for name, text in QUESTIONS.items()},
            "debt": SQL(DEBTORS, [debtor.id for debtor in debtors.values()]),
        }
    )
    reader._note_empty(orders, {field: answers[field] for field in own})
    reader._note_empty(lines, {field: answers[field] for field in of_lines})
    found = {
        field.name: set(lines.browse(answers[field]).order_id.ids) for field in of_lines
    }
    found |= {field.name: answers[field] for field in own}
    found |= {question: answers[question] for question in QUESTIONS}
    found["debt"] = {o.id for o, d in debtors.items() if d.id in answers["debt"]}
    return {
        order: {name for name, ids in found.items() if order.id in ids}
        for order in orders
    }


def _fill_in(order, present, names):
    values = {
        name: value
        for name, (looked_for, value) in ABSENT.items()
        if not looked_for & present
        # a limit is shown without any debt too
        and not ("debt" in looked_for and order.company_id.account_use_credit_limit)
    }
    if not present & {*MONEY, "forfeiture_ids", "move_ids"}:
        # nothing is invoiced, paid or sent: put only where the reader may see it,
        # as everything below
        whole = order.sudo()
        values["balance_due"] = 0.0 if order.state == "cancel" else whole.amount_total
    for name in values.keys() & names:
        field = order._fields[name]
        if not order.env.su and not order._has_field_access(field, "read"):
            continue
        if any(True for _id in field._cache_missing_ids(order)):
            field._insert_cache(order, [values[name]])


def fill_in_stock_lines(orders):
    """The lines are read once already, under their own name. All of them: an
    onchange speaks of whatever the field holds."""
    field = orders._fields["stock_line_ids"]
    for order in orders.filtered("id"):
        lines = order.order_line.filtered(lambda line: not line.display_type)
        field._insert_cache(order, [lines._ids])


def create_empty_columns(orders):
    """Make the columns that are empty for all orders from before, without computing
    them for each."""
    cr, table = orders.env.cr, orders._table
    for name in EMPTY_AT_FIRST:
        if not column_exists(cr, table, name):
            create_column(cr, table, name, orders._fields[name].column_type[1])
