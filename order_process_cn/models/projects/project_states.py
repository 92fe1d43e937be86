"""States of project plans and of the completion of projects (P13)."""

DRAFT, IN_FORCE, REPLACED, ENDED, CANCELLED = (
    "draft",
    "in_force",
    "replaced",
    "ended",
    "cancel",
)
# by which people work, or will
CURRENT = (DRAFT, IN_FORCE)
COMPLETED, EVALUATED = "completed", "evaluated"
# outcomes of a review after which nobody works by what was agreed to
TAKES_BACK = {"declined", "withdrawn", "terminated"}
# sees and plans all projects
LEADS = "sales_team.group_sale_salesman_all_leads"
