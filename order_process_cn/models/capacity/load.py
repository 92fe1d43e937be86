"""What work centres have to do already, and when they are free (PLN-5)."""

from collections import defaultdict
from datetime import timedelta

from odoo.tools import SQL

# a work centre whose work never ends is told, not reckoned for ever
MOST_ROUNDS = 200


class Load:
    """The open work of the work centres of a company from an instant on, and the hours
    they work: the days off and make-up days of the company, and their own time off.

    :param company: superuser record
    :param centres: superuser records
    :param start: from when on, UTC without zone
    """

    def __init__(self, company, centres, start):
        self.company, self.start = company, start
        self.work = defaultdict(list)
        for centre_id, begin, minutes in _read_open_work(company, centres):
            self.work[centre_id].append((max(begin or start, start), minutes))
        self.off = _read_time_off(centres, start)

    def add(self, centre, minutes):
        """Add work that comes before what is asked: nobody has planned it yet."""
        self.work[centre.id].append((self.start, minutes))

    def get_taken(self, centre, end):
        """Return the minutes of work that begin before ``end``."""
        return sum(minutes for begin, minutes in self.work[centre.id] if begin < end)

    def get_available(self, centre, end):
        """Return the minutes that one work centre works until ``end``."""
        if end <= self.start:
            return 0.0
        return self._ask(
            centre,
            [self.start, end],
            lambda hours: self._get_worked(hours, centre, end),
        )

    def find_end(self, centre, minutes):
        """Return by when ``minutes`` more are worked, after what begins before."""

        def reckon(hours):
            work = taken = 0.0
            for _round in range(MOST_ROUNDS):
                end = hours.add(self.start, timedelta(minutes=minutes + work + taken))
                more = self.get_taken(centre, end)
                off = self._get_off(hours, centre, end)
                if (more, off) == (work, taken):
                    break
                work, taken = more, off
            return end

        return self._ask(centre, [self.start], reckon)

    def find_both_ends(self, centre, queue, minutes):
        """Return ``{key: (end, end if minutes more come first)}`` of the work of one
        work center: one after the other, none before it is planned to begin.

        :param queue: ``[(begin, minutes, key), …]`` in the order in which it is made
        """

        def reckon(hours):
            ends = {}
            before, after = (
                self.start,
                hours.add(self.start, timedelta(minutes=minutes)),
            )
            for begin, span, key in queue:
                work = timedelta(minutes=span)
                begin = max(begin or self.start, self.start)
                before = hours.add(max(before, begin), work)
                after = hours.add(max(after, begin), work)
                ends[key] = (before, after)
            return ends

        return self._ask(centre, [self.start], reckon) if queue else {}

    def _get_worked(self, hours, centre, end):
        worked = hours.between(self.start, end).total_seconds() / 60
        return worked - self._get_off(hours, centre, end)

    def _get_off(self, hours, centre, end):
        """Return the minutes of work that fall into time off of one work centre."""
        return sum(
            hours.between(begin, min(stop, end)).total_seconds() / 60
            for begin, stop in self.off[centre.resource_id.id]
            if begin < end
        )

    def _ask(self, centre, instants, question):
        calendar = centre.resource_calendar_id
        if calendar and not calendar._order_is_reckonable():
            calendar = calendar.browse()  # falls on no clock: the company's instead
        return self.company._ask_working_time(instants, question, calendar or None)


def _read_open_work(company, centres):
    """Return ``[(work centre id, begin, minutes left), …]``, planned or not."""
    env = company.env
    env["mrp.workorder"].flush_model()
    env["mrp.production"].flush_model()
    return env.execute_query(
        SQL(
            """
            SELECT work.workcenter_id,
                   COALESCE(work.date_start, production.date_start),
                   SUM(work.duration_expected * GREATEST(
                       production.product_qty - work.qty_produced, 0
                   ) / COALESCE(
                       -- core expects the time of what is being produced
                       NULLIF(production.qty_producing, 0),
                       NULLIF(production.product_qty, 0), 1
                   ))::float
              FROM mrp_workorder work
              JOIN mrp_production production ON production.id = work.production_id
             WHERE work.workcenter_id = ANY(%s)
               AND work.state IN ('blocked', 'ready', 'progress')
               AND production.state IN ('confirmed', 'progress')
               AND production.company_id = %s
             GROUP BY 1, 2
            """,
            centres.ids,
            company.id,
        )
    )


def _read_time_off(centres, start):
    """Return ``{resource id: [(begin, end), …]}`` of the work centres' own time off."""
    off = defaultdict(list)
    leaves = centres.env["resource.calendar.leaves"].search_fetch(
        [
            ("resource_id", "in", centres.resource_id.ids),
            ("time_type", "=", "leave"),
            ("date_to", ">", start),
        ],
        ["resource_id", "date_from", "date_to"],
    )
    for leave in leaves:
        off[leave.resource_id.id].append((max(leave.date_from, start), leave.date_to))
    return off
