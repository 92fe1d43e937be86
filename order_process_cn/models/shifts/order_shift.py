from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

DAY_HOURS = 24


class OrderShift(models.Model):
    """班次 (P20 三.1): from when until when people work, less their break. One that
    ends before it begins goes on after midnight."""

    _name = "order.shift"
    _inherit = ["order.typed.mixin"]
    _description = "Shift"
    _order = "sequence, hour_from, id"

    name = fields.Char(string="Shift Name", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    hour_from = fields.Float(string="Shift Begins", required=True, default=8.0)
    hour_to = fields.Float(string="Shift Ends", required=True, default=17.0)
    break_hours = fields.Float(
        string="Break (Hours)", help="Hours of the shift in which nobody works."
    )
    hours = fields.Float(
        string="Hours Worked",
        compute="_compute_hours",
        store=True,
        help="Of one person in this shift.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    @api.depends("hour_from", "hour_to", "break_hours")
    def _compute_hours(self):
        for shift in self:
            shift.hours = shift._get_span() - shift.break_hours

    @api.depends("name", "hour_from", "hour_to")
    def _compute_display_name(self):
        for shift in self:
            begin, end = (
                _spell_hour(hour) for hour in (shift.hour_from, shift.hour_to)
            )
            shift.display_name = f"{shift.name} {begin}–{end}"

    @api.constrains("hour_from", "hour_to", "break_hours")
    def _check_hours(self):
        for shift in self:
            hours = (shift.hour_from, shift.hour_to)
            if not all(0 <= hour <= DAY_HOURS for hour in hours):
                raise ValidationError(
                    self.env._("%s: hours are between 0:00 and 24:00.", shift.name)
                )
            if not 0 <= shift.break_hours < shift._get_span():
                raise ValidationError(
                    self.env._("%s: the break is shorter than the shift.", shift.name)
                )

    def _get_span(self):
        """Return how many hours lie between begin and end of one shift."""
        return (self.hour_to - self.hour_from) % DAY_HOURS or DAY_HOURS

    def _covers(self, day, moment):
        """Whether somebody who works one shift of ``day`` works at ``moment`` (UTC)."""
        begin = self.company_id._start_of_day(day) + timedelta(hours=self.hour_from)
        return begin <= moment < begin + timedelta(hours=self._get_span())


def _spell_hour(hour):
    minutes = round(hour * 60)
    return f"{minutes // 60}:{minutes % 60:02d}"
