from odoo import api, fields, models

from ..given.entered import check_entered


class OrderMeetingParticipant(models.Model):
    """Somebody who took part in a meeting, and whether he has confirmed its minutes."""

    _name = "order.meeting.participant"
    _inherit = ["order.engine.mixin"]
    _description = "Participant of a Meeting"
    _order = "meeting_id, id"
    _rec_name = "user_id"

    meeting_id = fields.Many2one(
        "order.meeting", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="meeting_id.company_id")
    user_id = fields.Many2one(
        "res.users",
        string="Participant",
        required=True,
        index=True,
        ondelete="restrict",
    )
    confirmed_on = fields.Datetime(
        string="Minutes Confirmed on", readonly=True, copy=False
    )

    _user_uniq = models.Constraint(
        "UNIQUE(meeting_id, user_id)", "Everybody takes part once."
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_entered(vals_list, {"meeting_id"})
        rows = super().create(vals_list)
        rows._check_open()
        return rows

    def write(self, vals):
        self._check_entered([vals])
        self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_out(self):
        self._check_open()

    @api.model
    def _check_entered(self, vals_list, also=frozenset()):
        check_entered(self, vals_list, {"user_id"} | also, self._spell_entered)

    @api.model
    def _spell_entered(self):
        return self.env._(
            "Of a participant people enter who it is; everybody confirms the minutes "
            "himself, by the button."
        )

    def _check_open(self):
        if not self.env.su:
            self.meeting_id.check_access("write")
            self.meeting_id._check_open()
