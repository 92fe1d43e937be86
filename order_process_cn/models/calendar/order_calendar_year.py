from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.public_holidays import china_names, china_year, library_version
from ..mechanism.memory import remembered

# the arrangement of a year is announced in November of the year before
FIRST_MONTH_OF_ALARM = 11


class OrderCalendarYear(models.Model):
    """A year whose holidays and make-up days are entered, and whether these are all.

    The arrangement of a year is announced late in the year before. Until then only the
    statutory holidays are known, and everything reckoned with them is provisional.
    """

    _name = "order.calendar.year"
    _inherit = ["order.working.time.mixin"]
    _description = "Year of Holidays"
    _order = "year desc, company_id"
    _rec_name = "year"

    year = fields.Integer(required=True, aggregator=False)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        help="Leave empty for every company.",
    )
    is_complete = fields.Boolean(
        string="Fully Announced",
        help="All holidays and make-up days of the year are known and entered. Tick it "
        "when you have entered by hand what was announced.",
    )
    filled_at = fields.Datetime(string="Filled on", readonly=True)
    library_version = fields.Char(string="Version of the Library", readonly=True)
    exception_ids = fields.One2many(
        "order.calendar.exception", "year_id", string="Filled Days", readonly=True
    )

    _year_company_uniq = models.UniqueIndex(
        "(year, company_id) NULLS NOT DISTINCT", "This year is in the list already."
    )

    @api.model
    def _fill(self, year, company):
        """Enter the public holidays and make-up days of a year.

        Entries made or changed by hand stay as they are; what was filled in earlier and
        is no longer true goes. A second call changes nothing.

        :param company: may be empty: for every company
        :return: the year and ``{"created": exceptions, "removed": number, "kept":
            entries by hand that stand for a day of the list}``
        :raise UserError: when nothing is known about the year
        """
        known = china_year(year)
        if not known:
            raise UserError(
                self.env._(
                    "The public holidays of %(year)s are not known to the installed "
                    "library (version %(version)s). Choose another year, or enter "
                    "holidays and make-up days by hand.",
                    year=year,
                    version=library_version(),
                )
            )
        record = self.search([("year", "=", year), ("company_id", "=", company.id)])
        values = {
            "filled_at": fields.Datetime.now(),
            "library_version": library_version(),
            "is_complete": record.is_complete or known["announced"],
        }
        if record:
            record.write(values)
        else:
            values.update(year=year, company_id=company.id)
            record = self.create(values)
        return record, record._replace_exceptions(known)

    @api.model
    def _cron_keep_filled(self):
        """Enter this year and the next as far as they are known, and tell the
        administrators from November on while the next one is not.

        What was entered or changed by hand stays, see :meth:`_fill`.
        """
        today = fields.Date.context_today(self)
        found = self._fill_known(today)
        following = found.get(today.year + 1, self)
        if today.month >= FIRST_MONTH_OF_ALARM and not following.is_complete:
            self._tell_not_announced(today.year + 1)

    @api.model
    def _fill_known(self, today=None):
        """Enter this year and the next, for every company, as far as they are known.
        Return ``{year: record}``."""
        today = today or fields.Date.context_today(self)
        everybody = self.env["res.company"]
        found = {record.year: record for record in self._of_everybody(today.year)}
        for year in (today.year, today.year + 1):
            known = china_year(year)
            record = found.get(year, self)
            if known and not record.is_complete and (known["announced"] or not record):
                found[year], _changes = self._fill(year, everybody)
        return found

    @api.model
    def _of_everybody(self, first_year):
        return self.search([("company_id", "=", False), ("year", ">=", first_year)])

    @api.model
    def _tell_not_announced(self, year):
        """Tell the administrators of the process that a year is not all known."""
        managers = self.env.ref("order_process_cn.order_group_manager").all_user_ids
        for lang, users in managers.grouped("lang").items():
            speaker = self.with_context(lang=lang)
            self.env["mail.thread"].message_notify(
                partner_ids=users.partner_id.ids,
                subject=speaker.env._("Holidays of %s are not complete", year),
                body=speaker.env._(
                    "Only the statutory holidays of %(year)s are entered: time limits, "
                    "promised dates and issue days in that year count without the days "
                    "that are moved. Update the holidays library (version %(version)s) "
                    "once the arrangement is announced, or enter it under Calendar and "
                    "tick “Fully Announced”.",
                    year=year,
                    version=library_version(),
                ),
            )

    def _replace_exceptions(self, known):
        """Make the entries of this year those of ``known``: see :meth:`_fill`."""
        self.ensure_one()
        wanted = {day: ("day_off", False) for day in known["days_off"]}
        for day, replaced in known["make_up_days"].items():
            wanted[day] = ("make_up", replaced)
        present = self.env["order.calendar.exception"].with_context(active_test=False)
        present = present.search(
            [
                ("company_id", "=", self.company_id.id),
                "|",
                ("year_id", "=", self.id),
                ("date", "in", list(wanted)),
            ]
        )
        own = present.filtered(lambda exception: exception.year_id == self)
        obsolete = own.filtered(
            lambda exception: (
                wanted.get(exception.date) != (exception.kind, exception.replaces_date)
            )
        )
        obsolete_count = len(obsolete)
        kept = present - own
        for exception in present - obsolete:
            del wanted[exception.date]
        obsolete.unlink()
        return {
            "created": self._create_exceptions(wanted),
            "removed": obsolete_count,
            "kept": kept,
        }

    def _create_exceptions(self, wanted):
        """Create entries from ``{day: (kind, replaced day)}``, named in every language
        that is installed."""
        exceptions = self.env["order.calendar.exception"].create(
            [
                {
                    "date": day,
                    "kind": kind,
                    "replaces_date": replaced,
                    "company_id": self.company_id.id,
                    "year_id": self.id,
                }
                for day, (kind, replaced) in sorted(wanted.items())
            ]
        )
        days_off = exceptions.filtered(lambda exception: exception.kind == "day_off")
        for code, _label in self.env["res.lang"].get_installed():
            names = china_names(self.year, code)
            for exception in days_off.with_context(lang=code):
                name = names.get(exception.date) or exception.env._(
                    "Weekend within the holiday"
                )
                exception.write({"name": name, "year_id": self.id})
        return exceptions

    def _is_working_time(self, vals):
        # a year's days tell it themselves; they go with the year
        return not vals

    @api.model
    @remembered
    def _announced_for(self, company_id):
        """Return the years whose holidays and make-up days are all known for a company,
        the same for everybody."""
        complete = self.search_fetch(
            [
                ("company_id", "in", [False, company_id]),
                ("is_complete", "=", True),
            ],
            ["year"],
        )
        return frozenset(complete.mapped("year"))
