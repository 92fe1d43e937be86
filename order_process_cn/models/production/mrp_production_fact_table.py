"""Every stored field of a production order, of its components and by-products and of
its work orders: what vouches for it, or why nothing has to. A test fails for a field
that stands in no table."""

# {group: [field, field.content behind the relation, or a kind of line/#]}
PRODUCTION_FACTS = {
    "document": [
        "product_id",
        "product_id.name",
        "product_uom_id",
        "company_id",
        "sale_line_id",
        "subcontractor_id",
    ],
    "product": [
        "bom_id",
        "never_product_template_attribute_value_ids",
        "product_description_variants",
        # in the unit of the component, for all that is to be made
        "component/#",
        "component/#/name",
        "byproduct/#",
        "byproduct/#/name",
        # what is done, in this order
        "workorder_ids",
    ],
    # as much may be made, backorders included: less is covered
    "quantity": ["product_qty"],
    "dates": ["date_deadline"],
    "delivery": ["picking_type_id", "location_src_id", "location_dest_id"],
}
# {field: the fact that it is part of}
LINE_FACTS = {
    "stock.move": {
        "product_id": "component/#, byproduct/#",
        "product_qty": "component/#, byproduct/#",
        "product_uom_qty": "component/#, byproduct/#",
        "product_uom": "component/#, byproduct/#",
        "raw_material_production_id": "component/#",
        "production_id": "byproduct/#",
        "state": "component/#, byproduct/#: what is cancelled is left out",
    },
    "mrp.workorder": {
        "name": "workorder_ids",
        "sequence": "workorder_ids",
        "production_id": "workorder_ids",
        "state": "workorder_ids: what is cancelled is left out",
        "qty_reported_from_previous_wo": "workorder_ids: what was done before is not",
    },
}

# the facts of version 19.0.1.0.0, which had no schema
FIRST_SCHEMA = {
    "document": ["product_id", "company_id"],
    "product": ["bom_id", "component/#"],
    "quantity": ["product_qty"],
    "dates": ["date_deadline"],
}

_ENGINE = "set by the engine, refused to every client"
_LOG = "who touched the row, and when"
_DONE = "says what was done, not what shall be"
_PLAN = "when and where it is done is planning's business"
_STOCK = "how the store gets it there"
_LINKS = "links to what it comes from or goes to"
_COMPUTED = "follows from facts"
_MONEY = "what it costs is found out afterwards"

_ROW = {
    "id": "identifies the row",
    **dict.fromkeys(("create_uid", "create_date", "write_uid", "write_date"), _LOG),
}

# {field: why nobody has to vouch for it}
FREE_PRODUCTION_FIELDS = {
    **_ROW,
    **dict.fromkeys(
        ("requested_transition", "review_begun_at", "review_id", "review_state"),
        _ENGINE,
    ),
    **dict.fromkeys(
        (
            "date_finished",
            "lot_producing_ids",
            "subcontracting_has_been_recorded",
        ),
        _DONE,
    ),
    **dict.fromkeys(
        ("date_start", "is_planned", "allow_workorder_dependencies", "priority"), _PLAN
    ),
    **dict.fromkeys(
        (
            "location_final_id",
            "production_location_id",
            "propagate_cancel",
            "reservation_state",
        ),
        _STOCK,
    ),
    **dict.fromkeys(("orderpoint_id", "origin", "production_group_id"), _LINKS),
    **dict.fromkeys(("product_uom_qty", "is_outdated_bom"), _COMPUTED),
    **dict.fromkeys(("extra_cost", "wip_move_ids"), _MONEY),
    "consumption": "core takes it from the bill of materials at confirmation",
    "backorder_sequence": "numbers the parts of an order",
    "name": "core numbers the parts of an order anew",
    "is_locked": "core's own lock",
    "is_urgent": "the urgency of the sales order, which has a right of its own",
    "qty_producing": "part of the quantity: as much as is made counts, see _get_sizes",
    "reference_ids": "core adds whatever waits for it; that more is made is a fact, "
    "and whom it may serve has a gate of its own",
    "state": "what the gates guard",
    "user_id": "who looks after it",
}
FREE_MOVE_FIELDS = {
    **_ROW,
    **dict.fromkeys(
        (
            "additional",
            "date",
            "order_ready_on",
            "is_given_back",
            "next_serial",
            "next_serial_count",
            "picked",
            "quantity",
            "consume_unbuild_id",
            "unbuild_id",
            "scrap_id",
            "is_inventory",
            "inventory_name",
        ),
        _DONE,
    ),
    **dict.fromkeys(
        (
            "date_deadline",
            "delivery_part_id",
            "delay_alert_date",
            "operation_id",
            "priority",
            "reservation_date",
            "sequence",
            "workorder_id",
        ),
        _PLAN,
    ),
    **dict.fromkeys(
        (
            "location_id",
            "location_dest_id",
            "location_final_id",
            "packaging_uom_id",
            "packaging_uom_qty",
            "partner_id",
            "picking_id",
            "picking_type_id",
            "procure_method",
            "propagate_cancel",
            "restrict_partner_id",
            "route_ids",
            "rule_id",
            "warehouse_id",
            "is_dropship",
            "is_in",
            "is_out",
            "is_subcontract",
        ),
        _STOCK,
    ),
    **dict.fromkeys(
        (
            "bom_line_id",
            "byproduct_id",
            "created_production_id",
            "created_purchase_line_ids",
            "move_dest_ids",
            "move_orig_ids",
            "orderpoint_id",
            "origin",
            "origin_returned_move_id",
            "production_group_id",
            "purchase_line_id",
            "reference",
            "reference_ids",
            "sale_line_id",
            "till_order_id",
        ),
        _LINKS,
    ),
    **dict.fromkeys(("company_id", "unit_factor", "weight"), _COMPUTED),
    **dict.fromkeys(
        (
            "account_move_id",
            "analytic_account_line_ids",
            "cost_share",
            "price_unit",
            "to_refund",
            "value",
        ),
        _MONEY,
    ),
    "description_picking_manual": "a word to the store",
    "manual_consumption": "how what was taken is entered",
    "never_product_template_attribute_value_ids": "follows from the product made",
}
FREE_WORKORDER_FIELDS = {
    **_ROW,
    **dict.fromkeys(
        (
            "date_finished",
            "date_start",
            "duration",
            "duration_percent",
            "duration_unit",
            "qty_produced",
        ),
        _DONE,
    ),
    **dict.fromkeys(
        (
            "blocked_by_workorder_ids",
            "duration_expected",
            "leave_id",
            "needed_by_workorder_ids",
            "production_availability",
            "production_date",
            "responsible_id",
            "workcenter_id",
        ),
        _PLAN,
    ),
    **dict.fromkeys(
        (
            "cost_mode",
            "costs_hour",
            "mo_analytic_account_line_ids",
            "wc_analytic_account_line_ids",
        ),
        _MONEY,
    ),
    "barcode": "identifies the row",
    "operation_id": _LINKS,
}
