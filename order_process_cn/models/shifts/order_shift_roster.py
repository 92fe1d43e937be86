from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..mechanism.engine import public_act

WEEK = timedelta(days=7)


class OrderShiftRoster(models.Model):
    """排班 (P20 三.1): who works in which shift of a day at which work centre, planned
    so that production has the people it needs. Who did not come is marked (四.3)."""

    _name = "order.shift.roster"
    _inherit = ["order.typed.mixin"]
    _description = "Shift of a Person"
    _order = "date desc, workcenter_id, shift_id, id"
    _check_company_auto = True

    date = fields.Date(
        required=True, index=True, default=lambda self: self._default_date()
    )
    workcenter_id = fields.Many2one(
        "mrp.workcenter",
        string="Work Center",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    shift_id = fields.Many2one(
        "order.shift", required=True, ondelete="restrict", check_company=True
    )
    operator_id = fields.Many2one(
        "resource.resource",
        string="Person on Shift",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("resource_type", "=", "user")],
        check_company=True,
    )
    kind = fields.Selection(
        [("operator", "Operator"), ("technician", "Technician")],
        string="Works as",
        required=True,
        default="operator",
    )
    is_absent = fields.Boolean(
        string="Did Not Come", help="Does not count among those who are there."
    )
    hours = fields.Float(
        string="Hours of People",
        compute="_compute_hours",
        store=True,
        help="Of those who are there.",
    )
    remark = fields.Char(string="Remark on the Shift")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _once = models.UniqueIndex(
        "(operator_id, date, shift_id)",
        "Somebody works at one place only in a shift.",
    )

    @api.model
    def _default_date(self):
        """The coming day: shifts are planned before it begins."""
        today = self.env.company._calendar_day(fields.Datetime.now())
        return fields.Date.add(today, days=1)

    @api.depends("shift_id.hours", "is_absent")
    def _compute_hours(self):
        for row in self:
            row.hours = 0.0 if row.is_absent else row.shift_id.hours

    @api.depends("date", "shift_id", "operator_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.operator_id.name} {row.shift_id.name or ''}"

    @api.constrains("operator_id")
    def _check_is_person(self):
        if wrong := self.operator_id.filtered(lambda r: r.resource_type != "user"):
            raise ValidationError(
                self.env._(
                    "Shifts are worked by people, %s is a machine.",
                    ", ".join(wrong.mapped("name")),
                )
            )

    # -- reading -----------------------------------------------------------------------

    @api.model
    def _find_shift(self, operator_id, company, moment):
        """Return the shift in which somebody works at ``moment``; empty if nobody has
        planned one."""
        day = company._calendar_day(moment)
        rows = self.search(
            [
                ("operator_id", "=", operator_id),
                ("company_id", "=", company.id),
                # the night shift of the day before
                ("date", "in", [day, day - timedelta(days=1)]),
                ("is_absent", "=", False),
            ]
        )
        return rows.filtered(lambda r: r.shift_id._covers(r.date, moment))[:1].shift_id

    def _spell_people(self):
        """Return who is there in these rows: ``"Chen, Liu"``."""
        there = self.filtered(lambda row: not row.is_absent)
        return ", ".join(there.operator_id.mapped("name"))

    # -- planning ----------------------------------------------------------------------

    @public_act
    def action_repeat(self):
        """Plan the same shifts one week later. What is planned there already, days off
        and people who have left are passed over.

        :raise UserError: nothing is left to plan
        """
        self.check_access("read")
        worked = {
            (company, day): company._is_working_day(day + WEEK)
            for company, own in self.grouped("company_id").items()
            for day in set(own.mapped("date"))
        }
        rows = self.filtered(
            lambda row: (
                worked[row.company_id, row.date]
                and row.operator_id.active
                and row.shift_id.active
            )
        )
        taken = {row._get_key(row.date) for row in rows._find_next_week()}
        made = self.create(
            [
                row._prepare_values(row.date + WEEK)
                for row in rows
                if row._get_key(row.date + WEEK) not in taken
            ]
        )
        if not made:
            raise UserError(
                self.env._("The week after is planned already, or is not worked.")
            )
        action = self.env["ir.actions.actions"]._for_xml_id(
            "order_process_cn.order_shift_roster_action"
        )
        return {**action, "domain": [("id", "in", made.ids)], "context": {}}

    def _find_next_week(self):
        return self.search(
            [
                ("operator_id", "in", self.operator_id.ids),
                ("date", "in", [row.date + WEEK for row in self]),
            ]
        )

    def _get_key(self, day):
        return (self.operator_id.id, day, self.shift_id.id)

    def _prepare_values(self, day):
        return {
            "date": day,
            "workcenter_id": self.workcenter_id.id,
            "shift_id": self.shift_id.id,
            "operator_id": self.operator_id.id,
            "kind": self.kind,
            "company_id": self.company_id.id,
        }
