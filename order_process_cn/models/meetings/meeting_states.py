"""Kinds and states of meetings, and what each kind has to say."""

SUMMARY, FAILURE, PROCESS, CHECK = "summary", "failure", "process", "check"
DRAFT, HELD, CLOSED = "draft", "held", "closed"
OPEN, DONE, DROPPED = "open", "done", "dropped"

KINDS = [
    (SUMMARY, "Summary Meeting"),
    (FAILURE, "Meeting on a Serious Failure"),
    (PROCESS, "Review of the Process"),
    (CHECK, "Check after Execution"),
]
# of some orders, and what becomes of them when the minutes go out
EVENTS = {SUMMARY: "summary_held", FAILURE: "failure_met", CHECK: "checked"}
# {kind: fields that have to be filled in before the minutes go out}
WANTED = {
    SUMMARY: ("order_ids", "efficiency", "quality", "process"),
    FAILURE: ("order_ids", "cause", "responsible_ids", "responsibility"),
    PROCESS: ("date_from", "date_to", "process"),
    CHECK: ("order_ids", "quality", "superior_id"),
}
# kinds of which improvements are the purpose
IMPROVING = {FAILURE, PROCESS}
