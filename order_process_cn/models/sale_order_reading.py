"""How a form is read: what an order certainly has not is not asked for.

A form asks one query for each of two dozen relations, core's and ours, most of them
to learn that there is nothing. One statement says which there are, and the others
are known to be empty: a form takes fewer queries than in plain Odoo. Of what an order
refers to, a few columns are read, and not all there are.
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
    "changes": (
        "SELECT order_id FROM order_change_request "
        "WHERE state <> 'cancel' AND order_id = ANY (%s)"
    ),
    "cases": (
        "SELECT order_id FROM order_service_case "
        "WHERE state <> 'cancel' AND order_id = ANY (%s)"
    ),
    "releases": (
        "SELECT order_id FROM order_shipping_release "
        "WHERE state <> 'cancel' AND order_id = ANY (%s)"
    ),
    # where the customer has drawn his name
    "drawing": (
        "SELECT res_id FROM ir_attachment WHERE res_model = 'sale.order' "
        "AND res_field = 'signature' AND res_id = ANY (%s)"
    ),
}
# of core's quotations with pages of their own, where that module is installed: whether
# there are such pages at all
PAGES = """
    SELECT id FROM unnest(%s::int[]) AS id
     WHERE EXISTS (SELECT FROM quotation_document)
        OR EXISTS (SELECT FROM product_document WHERE attached_on_sale = 'inside')"""
PAGES_OF_LINE = "available_product_document_ids"
DEBTORS = """
    SELECT id FROM unnest(%s::int[]) AS id WHERE EXISTS (
        SELECT FROM account_move_line
         WHERE partner_id = id AND NOT reconciled
           AND parent_state = 'posted' AND amount_residual <> 0)"""
# what fields of a form are computed from, shown or not
BEHIND = {
    "sale.order": {"transaction_ids", "picking_ids", "forfeiture_ids"},
    "sale.order.line": {"invoice_lines", "move_ids", "route_ids"},
}
# what tells one variant from another
VARIANT = "product_template_attribute_value_ids"
# relations that are read in any case
LINES = {"order_line", "stock_line_ids"}
# what a form looks at of whom and what an order refers to: a few columns, where the ORM
# reads a hundred. Whatever else is asked for, the ORM reads as ever
COLUMNS_BEHIND = {
    "company_id": [
        "account_fiscal_country_id",
        "account_price_include",
        "account_use_credit_limit",
        "active",
        "currency_id",
        "name",
        "parent_path",
        "resource_calendar_id",
        "tax_calculation_rounding_method",
    ],
    "payment_term_id": ["early_discount", "name", "settlement"],
    "team_id": ["name", "user_id"],
    "user_id": ["partner_id"],
    "warehouse_id": ["company_id", "name", "view_location_id"],
}
COLUMNS_OF_CONTACTS = [
    "active",
    "commercial_partner_id",
    "company_id",
    "company_name",
    "is_company",
    "lang",
    "name",
    "order_class_id",
    "parent_id",
    "phone",
    "street",
    "tz",
]
COLUMNS_OF_CURRENCIES = ["decimal_places", "rounding"]
COLUMNS_OF_PRODUCTS = ["active", "default_code", "product_tmpl_id"]
COLUMNS_OF_TEMPLATES = ["default_code", "is_storable", "name", "type", "uom_id"]
# what the questions look at
STORED = {
    "sale.order": ["quoted_facts"],
    "order.change.request": ["order_id", "state"],
    "order.service.case": ["order_id", "state"],
    "order.shipping.release": ["order_id", "state"],
    "product.document": ["attached_on_sale"],
    "ir.attachment": ["res_model", "res_field", "res_id"],
    "account.payment": ["sale_order_id"],
    "account.move.line": [
        "partner_id",
        "reconciled",
        "parent_state",
        "amount_residual",
    ],
}
MONEY = {"payment", "transaction_ids", "invoice_lines"}
# how each field looks to whom none of these is found
ABSENT = {
    "statement_ids": ({"statement_ids"}, ()),
    "forfeiture_ids": ({"forfeiture_ids"}, ()),
    "urgent_member_ids": ({"urgent_member_ids"}, ()),
    "order_measure_ids": ({"launched"}, ()),
    "signature": ({"drawing"}, None),
    "is_pdf_quote_builder_available": ({"pages"}, False),
    "quotation_differences": ({"quoted"}, False),
    "deposit_received": (MONEY, 0.0),
    "credit_limit": ({"debt"}, 0.0),
    "credit_used": ({"debt"}, 0.0),
    "credit_overdue": ({"debt"}, 0.0),
    "has_overdue": ({"debt"}, False),
    "is_over_credit": ({"debt"}, False),
}
# how many there are of what was asked for
COUNTS = {
    "change_count": "changes",
    "service_case_count": "cases",
    "shipping_release_count": "releases",
}


def fill_in_absent(orders, specification):
    """Put into the cache what is absent, of the fields that a form reads."""
    saved = orders.filtered("id")  # of a new order nothing is stored
    for order, present in _find_present(saved, specification).items():
        _fill_in(order, present, specification.keys())


def _find_present(orders, specification):
    """Return ``{order: {name of what it has: how many}}``, found with one query:
    relations, questions, and "debt". Relations that are empty are put into the cache.
    """
    if not orders:
        return {}
    # with the rights of the reader; what is not his to read stops him here
    reader, lines = orders.env["order.relation.reader"], orders.order_line
    orders.company_id.sudo().fetch(COLUMNS_BEHIND["company_id"])
    read_behind(orders, specification, ["partner_id", "partner_invoice_id"])
    orders.currency_id.fetch(COLUMNS_OF_CURRENCIES)
    products = read_products(lines)
    # the procedure asks whether a customer owes us anything, whoever looks
    debtors = {o: o.sudo().partner_invoice_id.commercial_partner_id for o in orders}
    questions = {name: SQL(text, orders.ids) for name, text in QUESTIONS.items()}
    if "quotation.document" in orders.env:
        questions["pages"] = SQL(PAGES, orders.ids)
    names = specification.keys() | BEHIND["sale.order"]
    own = reader._questions(orders, names - LINES)
    names = specification.get("order_line", {}).get("fields", {}).keys()
    of_lines = reader._questions(lines, names | BEHIND["sale.order.line"])
    of_products = reader._questions(products, [VARIANT])
    for model, names in STORED.items():
        orders.env[model].flush_model(names)
    answers = reader._ask(
        {
            **own,
            **of_lines,
            **of_products,
            **questions,
            "debt": SQL(DEBTORS, [debtor.id for debtor in debtors.values()]),
        }
    )
    reader._note_empty(orders, {field: answers[field] for field in own})
    reader._note_empty(lines, {field: answers[field] for field in of_lines})
    reader._note_empty(products, {field: answers[field] for field in of_products})
    found = {
        field.name: [line.order_id.id for line in lines.browse(answers[field])]
        for field in of_lines
    }
    found |= {field.name: answers[field] for field in own}
    found |= {question: answers[question] for question in questions}
    if "pages" in found:
        plain = lines.filtered(lambda line: line.order_id.id not in found["pages"])
        lines._fields[PAGES_OF_LINE]._insert_cache(plain, [()] * len(plain))
    found["debt"] = [o.id for o, d in debtors.items() if d.id in answers["debt"]]
    return {
        order: {
            name: count for name, ids in found.items() if (count := ids.count(order.id))
        }
        for order in orders
    }


def read_behind(orders, specification, contacts=("partner_id",)):
    """Read the few columns that are looked at of what orders refer to, of whatever
    ``specification`` asks for by its name.

    :param contacts: the fields with those who are customers
    """

    def is_named(name):
        # of what is known: nothing of the orders themselves is read for it
        field = orders._fields[name]
        return specification.get(name, {}).get("fields") and not any(
            field._cache_missing_ids(orders)
        )

    whole = orders.sudo()  # as core reads the names of whatever an order refers to
    for name, columns in COLUMNS_BEHIND.items():
        if is_named(name):
            whole[name].fetch(columns)
    # customers and salespersons are contacts: one query for both
    people = whole.env["res.partner"]
    if is_named("partner_id"):
        people = people.union(*(whole[name] for name in contacts))
    if is_named("user_id"):
        people |= whole.user_id.partner_id
    people.fetch(COLUMNS_OF_CONTACTS)


def read_products(lines):
    """Read the few columns that are looked at of the products of these lines; return
    them."""
    products = lines.product_id.sudo()  # their names, as core shows them
    products.fetch(COLUMNS_OF_PRODUCTS)
    products.product_tmpl_id.fetch(COLUMNS_OF_TEMPLATES)
    return products


def _fill_in(order, present, names):
    known = set(present)
    if order.company_id.account_use_credit_limit:
        known.add("debt")  # a limit is shown without any debt too
    values = {
        name: value
        for name, (looked_for, value) in ABSENT.items()
        if not looked_for & known
    }
    values |= {name: present.get(question, 0) for name, question in COUNTS.items()}
    if not known & {*MONEY, "forfeiture_ids", "move_ids"}:
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
