from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..mechanism.engine import public_act, take_turns

DRAFT, HANDED = "draft", "handed"


class OrderDailyReport(models.Model):
    """生产日报表 (F31): what the workshop made of which order on one day (MFG-11).

    Filled from what was reported and received; handed in, it stays as it is.
    """

    _name = "order.daily.report"
    _inherit = [
        "order.entry.mixin",
        "order.engine.mixin",
        "order.form.mixin",
        "mail.thread",
    ]
    _description = "Daily Production Report"
    _order = "date desc, id desc"
    _check_company_auto = True
    _entered = frozenset({"date", "note", "line_ids"})

    date = fields.Date(
        string="Day",
        required=True,
        copy=False,
        index=True,
        default=lambda self: self._today(),
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Made by",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        [(DRAFT, "Being Made"), (HANDED, "Handed In")],
        required=True,
        readonly=True,
        copy=False,
        default=DRAFT,
        index=True,
        tracking=True,
    )
    handed_on = fields.Datetime(string="Handed In on", readonly=True, copy=False)
    note = fields.Text(string="Remark")
    line_ids = fields.One2many(
        "order.daily.report.line", "report_id", string="Production", copy=False
    )

    _day_uniq = models.UniqueIndex(
        "(company_id, date)", "There is a report of this day already."
    )

    def _today(self):
        # the day of whoever made it, whichever company the reader works for
        company = self.company_id or self.env.company
        return company._calendar_day(fields.Datetime.now())

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for report in self:
            report.display_name = self.env._(
                "Daily report of %s", fields.Date.to_string(report.date) or ""
            )

    # -- entering ----------------------------------------------------------------------

    @api.model
    def _complete(self, vals_list):
        # of the company in which it is made, by whoever makes it
        company = self.env.company.id
        return [{"company_id": company, **vals} for vals in vals_list]

    @api.model_create_multi
    def create(self, vals_list):
        reports = super().create(vals_list)
        reports.sudo()._fill()  # what the workshop has done is no secret to itself
        return reports

    @api.model
    def _spell_entered(self):
        return self.env._(
            "Who made a daily report and where it stands follows from what is "
            "done with it; it cannot be entered."
        )

    @api.model
    def _spell_closed(self, names):
        return self.env._("%s was handed in: it stays as it is.", names)

    # -- buttons -----------------------------------------------------------------------

    @public_act
    def action_fill(self):
        """Take what was reported and received until now; remarks stay."""
        self.check_access("write")
        take_turns(self)
        self._check_open()
        self.sudo()._fill()  # the right to write was checked above
        return True

    @public_act
    def action_hand_in(self):
        """Hand these reports to those who get a copy of F31; they stay as they are.

        :raise UserError: a day has not begun
        """
        self.check_access("write")
        take_turns(self)
        self._check_open()
        if any(report.date > report._today() for report in self):
            raise UserError(self.env._("This day has not come yet."))
        reports = self.sudo()  # the right to write was checked above
        reports._fill()
        reports.write({"state": HANDED, "handed_on": fields.Datetime.now()})
        reports._issue_form("F31")
        return True

    # -- what was made -----------------------------------------------------------------

    def _fill(self):
        for report in self:
            remarks = {line.production_id: line.remark for line in report.line_ids}
            report.line_ids = [
                Command.clear(),
                *(
                    Command.create({**values, "remark": remarks.get(production)})
                    for production, values in report._find_made().items()
                ),
            ]

    def _find_made(self):
        """Return ``{production order: values of its line}`` of the day of one report:
        whatever was reported on an operation or received without one."""
        self.ensure_one()
        start = self.company_id._start_of_day(self.date)
        end = self.company_id._start_of_day(self.date + timedelta(days=1))
        day = Domain("company_id", "=", self.company_id.id)
        day &= Domain("date", ">=", start) & Domain("date", "<", end)
        today = self._sum_reports(day)
        received = self._sum_received(day)
        productions = self.env["mrp.production"].concat(*today.keys() | received.keys())
        ids = Domain("production_id", "in", productions.ids) & Domain("date", "<", end)
        total, received_total = self._sum_reports(ids), self._sum_received(ids)
        found = {}
        for production in productions.sorted(lambda p: (not p.is_urgent, p.id)):
            good, scrap = today.get(production, (0.0, 0.0))
            so_far, _scrap = total.get(production, (0.0, 0.0))
            if production not in total:  # made without a report
                good = received.get(production, 0.0)
                so_far = received_total.get(production, 0.0)
            found[production] = {
                "production_id": production.id,
                "production_name": production.name,
                "order_id": production._get_sale_orders()[:1].id,
                "product_id": production.product_id.id,
                "product_uom_id": production.product_uom_id.id,
                "is_urgent": production.is_urgent,
                "quantity_planned": production.product_qty,
                "quantity_good": good,
                "quantity_scrap": scrap,
                "quantity_total": so_far,
            }
        return found

    def _sum_reports(self, domain):
        """Return ``{production order: (good, scrap)}``: good is what has come through
        the last operation, scrap is that of all."""
        sums = defaultdict(lambda: (0.0, 0.0))
        for workorder, good, process, material in self.env[
            "order.work.report"
        ]._read_group(
            domain,
            ["workorder_id"],
            [
                "quantity_good:sum",
                "quantity_scrap_process:sum",
                "quantity_scrap_material:sum",
            ],
        ):
            through, scrap = sums[workorder.production_id]
            if not workorder.needed_by_workorder_ids:
                through += good
            sums[workorder.production_id] = through, scrap + process + material
        return dict(sums)

    def _sum_received(self, domain):
        """Return ``{production order: quantity}`` of what was received of products that
        were made, in the unit of the order."""
        sums = defaultdict(float)
        for production, product, unit, quantity in self.env["stock.move"]._read_group(
            domain
            & Domain("state", "=", "done")
            & Domain("production_id", "!=", False),
            ["production_id", "product_id", "product_uom"],
            ["quantity:sum"],
        ):
            if product == production.product_id:
                sums[production] += unit._compute_quantity(
                    quantity, production.product_uom_id
                )
        return dict(sums)
