"""What a procedure lacks before it can be switched on (PRC-1)."""

from typing import NamedTuple

from odoo.exceptions import ValidationError

from ..effect.order_issue_window import DESK
from ..review_route.order_review_seat import DEPARTMENT_SOURCES

# how many days ahead limits and issue days are reckoned
AHEAD = 60


class SeatNeed(NamedTuple):
    """That somebody of a department is asked to sign."""

    department: object
    is_head: bool
    # by which stages
    stages: str
    # who could do it now
    people: object


class Gap(NamedTuple):
    """Something that is missing, and the action that opens where it is entered."""

    text: str
    action: str = ""
    # nothing works without it
    hard: bool = False
    # the act of the page that mends it
    cure: str = ""


def find_seats(routes, company):
    """Return the :class:`SeatNeed` of each department that ``routes`` ask, member and
    head apart, in the order in which they are asked."""
    rosters = routes.env["order.department"]._rosters(company.id)
    asked = {}
    for route in routes:
        for stage in route.stage_ids:
            for seat in stage.seat_ids:
                if seat.source in DEPARTMENT_SOURCES:
                    key = (seat.department_id, seat.source == "head")
                    asked.setdefault(key, []).append(stage.name or "")
    users = routes.env["res.users"]
    needs = []
    for (department, is_head), stages in asked.items():
        head, members = rosters.get(department.id, (False, ()))
        people = users.browse(
            [head] if is_head and head else () if is_head else members
        )
        stages = ", ".join(dict.fromkeys(stages))
        needs.append(SeatNeed(department, is_head, stages, people))
    return needs


def find_gaps(procedure, company):
    """Return the :class:`Gap` of everything but people of departments."""
    env = procedure.env
    gaps = find_company_gaps(company)
    routes = procedure._get_configuration("order.review.route")
    for stage in routes.stage_ids:
        for seat in stage.seat_ids.filtered(lambda s: s.source in {"group", "users"}):
            if reason := seat._explain_nobody(company):
                gaps.append(
                    Gap(f"{stage.name}: {reason}", "base.action_res_users", True)
                )
    windows = procedure._get_configuration("order.issue.window")
    if windows and not env["res.users"]._find_holders(DESK, company):
        gaps.append(Gap(windows._warn_of_desk(company), "base.action_res_users"))
    if windows or procedure._get_configuration("order.time.limit"):
        gaps += _find_calendar_gaps(company)
    return gaps


def find_company_gaps(company):
    """Return what is unusual of a company that works in China."""
    env = company.env
    gaps = []
    if company.country_id.code != "CN":
        gaps.append(
            Gap(
                env._(
                    "The country of %(company)s is %(country)s.",
                    company=company.name,
                    country=company.country_id.name or env._("not entered"),
                ),
                "base.action_res_company_form",
                cure="company",
            )
        )
    if company.currency_id.name != "CNY":
        gaps.append(
            Gap(
                env._("The currency is %s.", company.currency_id.name),
                "base.action_res_company_form",
                cure="company",
            )
        )
    zone = company.resource_calendar_id.tz
    if zone != "Asia/Shanghai":
        gaps.append(
            Gap(
                env._("The working hours are in the time zone %s.", zone or "UTC"),
                "resource.action_resource_calendar_form",
                cure="company",
            )
        )
    return gaps


def _find_calendar_gaps(company):
    env = company.env
    gaps = []
    try:
        company._check_order_calendar()
    except ValidationError as error:
        gaps.append(
            Gap(str(error), "resource.action_resource_calendar_form", hard=True)
        )
        return gaps
    today = company._calendar_day(env.cr.now())
    last = company._shift_day(today, AHEAD)
    years = company._years_not_announced(today, last)
    if years:
        gaps.append(
            Gap(
                env._(
                    "Holidays and make-up days of %s are not entered: days and hours "
                    "are reckoned without them.",
                    ", ".join(map(str, sorted(years))),
                ),
                "order_process_cn.order_calendar_fill_wizard_action",
            )
        )
    return gaps
