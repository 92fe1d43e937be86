"""Kinds of service cases, where one stands, and what becomes of its goods."""

RETURN, EXCHANGE, DIFFERENCE, COMPLAINT, INSTALLATION = (
    "return",
    "exchange",
    "difference",
    "complaint",
    "installation",
)
# goods come back with these
WITH_GOODS = {RETURN, EXCHANGE, DIFFERENCE}

DRAFT, REQUESTED, APPROVED, COLLECTING, COLLECTED, INSPECTED = (
    "draft",
    "requested",
    "approved",
    "collecting",
    "collected",
    "inspected",
)
SETTLED, REFUSED, CANCELLED = "settled", "refused", "cancel"
# asked for, and the goods are not here yet: nobody else may ask for them
CLAIMING = (REQUESTED, APPROVED, COLLECTING)
# nobody is paid or sent anything while goods are looked for or looked at
UNINSPECTED = (REQUESTED, APPROVED, COLLECTING, COLLECTED)
ENDED = (SETTLED, REFUSED, CANCELLED)

REFUND, REPLACE, REPAIR, SCRAP, REJECT = (
    "refund",
    "replace",
    "repair",
    "scrap",
    "reject",
)
# these go back to the customer
SENT_BACK = {REPAIR, REJECT}
# what a kind wants as a rule
WISHES = {RETURN: REFUND, EXCHANGE: REPLACE}
