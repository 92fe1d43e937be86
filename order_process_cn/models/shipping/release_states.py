"""The states of a shipping release, and what they mean."""

DRAFT, REQUESTED, RELEASED = "draft", "requested", "released"
REFUSED, SHIPPED, CANCELLED = "refused", "shipped", "cancel"
# what keeps a place in the quantity that is left of the order
TAKEN = (REQUESTED, RELEASED, SHIPPED)
LETS_LEAVE = (RELEASED, SHIPPED)
