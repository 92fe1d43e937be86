"""The states and kinds of a change request, and what they mean."""

DRAFT, REQUESTED, AGREED = "draft", "requested", "agreed"
APPLIED, REFUSED, CANCELLED = "applied", "refused", "cancel"
# of an order one at a time
OPEN = (DRAFT, REQUESTED, AGREED)
# after these nothing may be said of it any more
UNDER_WAY = (REQUESTED, AGREED)

CHANGE, CLOSE, CANCEL, PRODUCT = "change", "close", "cancel", "product"

# a request for quotation that no vendor has taken for an order
ASKED_ONLY = {"draft", "sent", "to approve"}

# {field of the order: the group of facts it belongs to}; here it is called new_…
HEADER = {
    "commitment_date": "dates",
    "wanted_date": "dates",
    "payment_term_id": "terms",
    "partner_shipping_id": "delivery",
    "packing_requirements": "packing",
    "special_requirements": "packing",
}
GROUPS = ("product", "quantity", "price", "dates", "terms", "delivery", "packing")
# whatever a line that was not there before brings with it
NEW_LINE = frozenset({"product", "quantity", "price", "dates", "delivery"})
