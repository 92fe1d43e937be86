"""The states of a review and of its seats, as rooms name them to each other."""

RUNNING, APPROVED, DECLINED = "running", "approved", "declined"
# states in which the facts are watched and signatures can become void
WATCHED = {RUNNING, APPROVED}
# states of a seat that somebody has decided
DECIDED = {"agreed", "declined"}
# what somebody who signs may say
DECISIONS = {"agree", "conditional", "decline"}
# decision -> state of the seat
STATE_OF = {"agree": "agreed", "conditional": "agreed", "decline": "declined"}
