"""What stands behind the relations of an order and its lines, as SQL."""

from odoo.tools import SQL

from ..reading.along import Along

PARTNERS = {
    "partner_id": "name",
    "partner_invoice_id": "address",
    "partner_shipping_id": "address",
}
# what nearly every order or line points to: where it stands, and what is told of a row
POINTED_TO = {
    "partner": (
        "res_partner",
        """json_build_array(
               (SELECT json_build_array(c.name, c.vat)
                  FROM res_partner c WHERE c.id = r.commercial_partner_id),
               r.name, r.street, r.street2, r.zip, r.city,
               (SELECT s.code FROM res_country_state s WHERE s.id = r.state_id),
               (SELECT k.code FROM res_country k WHERE k.id = r.country_id))""",
    ),
    "term": (
        "account_payment_term",
        """json_build_array(
               r.early_discount, r.discount_percentage, r.discount_days,
               (SELECT json_agg(json_build_array(l.value, l.value_amount, l.delay_type,
                                l.nb_days, l.days_next_month) ORDER BY l.id)
                  FROM account_payment_term_line l WHERE l.payment_id = r.id))""",
    ),
    "product": (
        "product_product",
        """json_build_array(
               r.default_code,
               (SELECT t.name FROM product_template t WHERE t.id = r.product_tmpl_id),
               %(is_real_cost)s)""",
    ),
    "unit": ("uom_uom", "json_build_array(r.name, r.factor)"),
}
# what stands behind the relations of orders and lines, in one statement; each kind only
# where there can be some of it, and values from another table looked up one by one: the
# planner takes longer over tables and joins than the reading of a few rows takes
CONTENT = {
    kind: f"""
    SELECT '{kind}', r.id, {told}
      FROM {table} r
     WHERE r.id = ANY (%(ids)s)
    """
    for kind, (table, told) in POINTED_TO.items()
} | {
    "part": """
    SELECT 'part', p.order_line_id, json_agg(json_build_array(
               p.quantity, p.wanted_date,
               -- what was reviewed: the slip is a rule that was agreed to
               CASE WHEN p.promised_date = p.slipped_to THEN p.slipped_from
                    ELSE p.promised_date END) ORDER BY p.id)
      FROM order_delivery_part p
     WHERE p.order_line_id = ANY (%(ids)s)
  GROUP BY p.order_line_id
    """,
    "step": """
    SELECT 'step', s.order_id, json_agg(json_build_array(
               s.kind, s.name, s.method, s.percent, s.fixed_amount, s.opens, s.due_on,
               s.due_days) ORDER BY s.sequence, s.id)
      FROM order_payment_step s
     WHERE s.order_id = ANY (%(ids)s)
  GROUP BY s.order_id
    """,
    "configuration": """
    SELECT 'configuration', c.order_line_id, json_agg(json_build_array(
               c.name, c.value, c.remark) ORDER BY c.sequence, c.id)
      FROM order_configuration_row c
     WHERE c.order_line_id = ANY (%(ids)s)
  GROUP BY c.order_line_id
    """,
    "sample": """
    SELECT 'sample', s.order_id, json_agg(json_build_array(
               s.name, s.quantity, s.configuration, s.remark) ORDER BY s.sequence, s.id)
      FROM order_sample s
     WHERE s.order_id = ANY (%(ids)s)
  GROUP BY s.order_id
    """,
    "accessory": """
    SELECT 'accessory', a.order_id, json_agg(json_build_array(
               a.name, a.quantity,
               (SELECT u.name FROM uom_uom u WHERE u.id = a.product_uom_id),
               a.packing_way, a.remark) ORDER BY a.sequence, a.id)
      FROM order_accessory a
     WHERE a.order_id = ANY (%(ids)s)
  GROUP BY a.order_id
    """,
}
# whether a product is what a carrier charges: asked of delivery lines only
REAL_COST = """
               EXISTS (SELECT FROM delivery_carrier d
                        WHERE d.product_id = r.id AND d.invoice_policy = 'real')
               AND (SELECT t.type = 'service'
                      FROM product_template t WHERE t.id = r.product_tmpl_id)
"""


def _behind(kind, column):
    """Return the column with what is told of the row to which ``column`` points."""
    table, told = POINTED_TO[kind]
    return SQL(
        f"(SELECT {told} FROM {table} r WHERE r.id = {column})",
        is_real_cost=SQL("false"),
    )


# the same, read along with an order and with a line; what a carrier charges is asked
# for later, where there is a delivery line
ALONG = Along(
    own=(
        SQL(
            f"""
            (SELECT json_object_agg(r.id, {POINTED_TO["partner"][1]})
               FROM res_partner r
              WHERE r.id IN ({", ".join(f"sale_order.{name}" for name in PARTNERS)}))
            """
        ),
        _behind("term", "sale_order.payment_term_id"),
    ),
    line=(
        _behind("product", "sale_order_line.product_id"),
        _behind("unit", "sale_order_line.product_uom_id"),
    ),
)
