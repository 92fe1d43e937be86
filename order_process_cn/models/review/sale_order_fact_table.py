"""Every stored field of an order and of its lines: what vouches for it, or why nothing
has to. A test fails for a field that stands in no table."""

# {group: [field, or field.content behind the relation, …]}
ORDER_FACTS = {
    "document": [
        "name",
        "order_type_id",
        "company_id",
        "partner_id",
        "partner_id.name",
        "client_order_ref",
        "written_confirmation",
    ],
    "product": ["above_standard_quality", "needs_redesign"],
    "price": ["currency_id", "amount_total", "pricelist_id", "fiscal_position_id"],
    "terms": [
        "payment_term_id",
        "payment_term_id.lines",
        "partner_invoice_id",
        "partner_invoice_id.address",
        "require_payment",
        "require_signature",
        "prepayment_percent",
        "deposit_rule_id",
        "deposit_required",
        "has_penalty_clause",
        "note",
    ],
    "dates": ["commitment_date", "wanted_date", "production_date"],
    "delivery": [
        "partner_shipping_id",
        "partner_shipping_id.address",
        "picking_policy",
        "incoterm",
        "incoterm_location",
        "warehouse_id",
        "pickup_location_data",
    ],
    "packing": ["special_requirements", "packing_requirements"],
}
LINE_FACTS = {
    "product": [
        "product_id",
        "product_id.name",
        "name",
        "display_type",
        "specification",
        "product_uom_id",
        "product_no_variant_attribute_value_ids",
        "combo_item_id",
        "linked_line_id",
        "is_expense",
    ],
    "quantity": ["product_uom_qty", "is_optional"],
    "price": ["price_unit", "discount", "tax_ids"],
    "dates": ["customer_lead"],
    "delivery": ["route_ids"],
}
# what a section or a note has to say
TEXT_FACTS = {"product": ["name", "display_type"]}

# the facts of version 19.0.1.0.0, which had no schema; "#" stands for a line
FIRST_SCHEMA = {
    "document": ["order_type_id", "company_id", "partner_id"],
    "price": ["currency_id", "#/price_unit", "#/discount", "#/tax_ids"],
    "terms": [
        "payment_term_id",
        "require_payment",
        "prepayment_percent",
        "deposit_rule_id",
        "deposit_required",
    ],
    "dates": ["commitment_date", "wanted_date"],
    "delivery": [
        "partner_shipping_id",
        "carrier_id",
        "picking_policy",
        "incoterm",
        "warehouse_id",
    ],
    "packing": ["special_requirements", "packing_requirements"],
    "product": [
        "#/product_id",
        "#/name",
        "#/specification",
        "#/product_uom_id",
    ],
    "quantity": ["#/product_uom_qty"],
}

_ENGINE = "set by the engine, refused to every client"
_BOOKS = "follows from what was delivered, invoiced and paid"
_LOG = "who touched the row, and when"
_SALES = "how sales is organised; the customer and the goods do not depend on it"
_COMPUTED = "follows from facts"
_LAYOUT = "how the paper is laid out"

# {field: why nobody has to vouch for it}
FREE_ORDER_FIELDS = {
    "id": "identifies the row",
    **dict.fromkeys(("create_uid", "create_date", "write_uid", "write_date"), _LOG),
    **dict.fromkeys(
        (
            "acknowledged_on",
            "archived_on",
            "closed_on",
            "confirmation_requested",
            "confirmation_sent_on",
            "deposit_is_chosen",
            "deposit_state",
            "effect_is_ready",
            "effect_state",
            "effect_waiting",
            "effective_on",
            "goods_in_stock_on",
            "goods_taken_on",
            "issue_group",
            "order_type_reasons",
            "pickup_deadline",
            "progress",
            "quoted_facts",
            "receipt_confirmed_on",
            "review_id",
            "review_state",
            "slip_days",
            "slipped_from",
            "slipped_to",
            "urgent_replied_on",
            "urgent_told_on",
        ),
        _ENGINE,
    ),
    **dict.fromkeys(
        ("delivery_status", "effective_date", "invoice_status", "transaction_ids"),
        _BOOKS,
    ),
    **dict.fromkeys(
        (
            "campaign_id",
            "medium_id",
            "source_id",
            "tag_ids",
            "team_id",
            "user_id",
            "order_channel_id",
            "origin",
            "reference",
            "sale_order_template_id",
        ),
        _SALES,
    ),
    **dict.fromkeys(("amount_tax", "amount_untaxed"), "part of the total"),
    "access_token": "opens the portal page, says nothing",
    "carrier_id": "chosen at shipping; what it costs the customer is on a line",
    "delivery_message": "what a carrier answered when it was asked for a price",
    "recompute_delivery_price": "a hint that the price of delivery is out of date",
    "shipping_weight": "an estimate for the carrier",
    "currency_rate": "core takes it anew at confirmation; limits keep the reviewed one",
    "date_order": "core rewrites it at confirmation",
    "deposit_agreed": "the deposit that is required follows from it",
    "difference_explanation": "explains, promises nothing",
    "order_type_reason": "explains, promises nothing",
    "is_urgent": "has a right of its own; hurrying an approved order is its purpose",
    "urgent_reason": "explains urgency",
    "urgent_reply_date": "the answer that the urgent case gives",
    "journal_id": "where accounting books the invoice",
    "preferred_payment_method_line_id": "by which account we are paid",
    "locked": "core's own lock",
    "pending_email_template_id": "a message that waits to be sent",
    "signature": "the customer's own signature",
    "signed_by": "the customer's own signature",
    "signed_on": "the customer's own signature",
    "state": "what the gates guard",
    "stock_reference_ids": "links to what was launched",
    "validity_date": "until when the customer may accept; spent at confirmation",
}
FREE_LINE_FIELDS = {
    "id": "identifies the row",
    **dict.fromkeys(("create_uid", "create_date", "write_uid", "write_date"), _LOG),
    **dict.fromkeys(
        (
            "company_id",
            "currency_id",
            "order_partner_id",
            "salesman_id",
            "state",
            "price_reduce_taxexcl",
            "price_reduce_taxinc",
            "price_subtotal",
            "price_tax",
            "price_total",
            "technical_price_unit",
            "extra_tax_data",
            "warehouse_id",
            "qty_delivered_method",
        ),
        _COMPUTED,
    ),
    **dict.fromkeys(
        (
            "invoice_lines",
            "invoice_status",
            "qty_delivered",
            "qty_invoiced",
            "qty_to_invoice",
            "untaxed_amount_invoiced",
            "untaxed_amount_to_invoice",
        ),
        _BOOKS,
    ),
    **dict.fromkeys(
        (
            "collapse_composition",
            "collapse_prices",
            "sequence",
            "virtual_id",
            "linked_virtual_id",
        ),
        _LAYOUT,
    ),
    "analytic_distribution": "internal accounting",
    "is_delivery": "decides which lines are looked at, see _is_fact_line",
    "is_downpayment": "decides which lines are looked at, see _is_fact_line",
    "order_id": "whose fact it is",
    "short_decision": "what purchasing decided about a shortage",
    "short_note": "what purchasing decided about a shortage",
}
