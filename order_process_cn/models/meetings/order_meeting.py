from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..effect.take_back import get_all_productions
from .meeting_states import CLOSED, DRAFT, FAILURE, HELD, KINDS, PROCESS


class OrderMeeting(models.Model):
    """会议纪要: what people say about orders that are done, what went wrong and what
    will be better: the summary meeting (MFG-10), the one about a serious failure
    (ACC-3), the quarterly review of the process (ANA-3) and the check after execution,
    whose summary goes to the superior (MFG-12).

    Written as a draft; once the minutes are out they stay as they are, and those who
    took part confirm them. What is done with them stands in ``order_meeting_acts.py``.
    """

    _name = "order.meeting"
    _inherit = [
        "order.entry.mixin",
        "order.engine.mixin",
        "order.event.mixin",
        "order.recheck.mixin",
        "order.form.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Meeting about Orders"
    _order = "date desc, id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _entered = frozenset(
        {
            "kind",
            "company_id",
            "date",
            "date_from",
            "date_to",
            "chair_id",
            "order_ids",
            "superior_id",
            "efficiency",
            "quality",
            "process",
            "cause",
            "responsible_ids",
            "responsibility",
            "months_to_next",
            "participant_ids",
            "improvement_ids",
        }
    )

    kind = fields.Selection(
        KINDS, string="Kind of Meeting", required=True, default="summary", index=True
    )
    state = fields.Selection(
        [(DRAFT, "Being Written"), (HELD, "Minutes Out"), (CLOSED, "Confirmed")],
        string="Minutes",
        required=True,
        readonly=True,
        copy=False,
        default=DRAFT,
        index=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    date = fields.Date(
        string="Held on",
        required=True,
        index=True,
        default=lambda self: self._today(),
    )
    date_from = fields.Date(string="Period From")
    date_to = fields.Date(string="Period Until")
    chair_id = fields.Many2one(
        "res.users",
        string="Chaired By",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    order_ids = fields.Many2many(
        "sale.order",
        "order_meeting_order_rel",
        "meeting_id",
        "order_id",
        string="Orders Discussed",
        check_company=True,
        # the minutes of an order are kept with it
        ondelete="restrict",
    )
    order_figures = fields.Text(
        string="Figures of the Orders",
        compute="_compute_order_figures",
        compute_sudo=True,
    )
    superior_id = fields.Many2one(
        "res.users",
        string="Summary Goes To",
        ondelete="restrict",
        help="The superior who gets the summary of the check and confirms it.",
    )
    efficiency = fields.Text(string="On Efficiency")
    quality = fields.Text(string="On Quality")
    process = fields.Text(string="On the Process")
    cause = fields.Text(string="Causes Found")
    responsible_ids = fields.Many2many(
        "res.users",
        "order_meeting_responsible_rel",
        "meeting_id",
        "user_id",
        string="Who Is Responsible",
        ondelete="restrict",
    )
    responsibility = fields.Text(string="Responsible for What")
    participant_ids = fields.One2many(
        "order.meeting.participant", "meeting_id", string="Participants", copy=True
    )
    improvement_ids = fields.One2many(
        "order.meeting.improvement", "meeting_id", string="Improvements"
    )
    open_count = fields.Integer(
        string="Improvements Left",
        compute="_compute_open_count",
        compute_sudo=True,
        store=True,
    )
    months_to_next = fields.Integer(
        string="Months to the Next",
        default=3,
        help="So many months after the minutes of a review of the process went out the "
        "next one is proposed by itself; none: it is not.",
    )
    minutes_on = fields.Datetime(string="Minutes Sent on", readonly=True, copy=False)
    closed_on = fields.Datetime(string="Minutes Closed on", readonly=True, copy=False)
    follows_id = fields.Many2one(
        "order.meeting",
        string="Follows the Review",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    waits_for_me = fields.Boolean(compute="_compute_waits_for_me")

    _dates = models.Constraint(
        "CHECK(date_from <= date_to)", "The period ends after it began."
    )
    _months = models.Constraint(
        "CHECK(months_to_next >= 0)", "Months are not less than none."
    )
    _follows_uniq = models.UniqueIndex(
        "(follows_id) WHERE follows_id IS NOT NULL",
        "The next review was proposed already.",
    )

    @api.model
    def _today(self):
        return self.env.company._calendar_day(fields.Datetime.now())

    @api.depends("improvement_ids.state")
    def _compute_open_count(self):
        for meeting in self:
            left = meeting.improvement_ids.filtered(lambda row: row.state == "open")
            meeting.open_count = len(left)

    @api.depends("participant_ids.confirmed_on", "state")
    @api.depends_context("uid")
    def _compute_waits_for_me(self):
        for meeting in self:
            meeting.waits_for_me = meeting.state == HELD and bool(
                meeting._get_unconfirmed().filtered(
                    lambda row: row.user_id == self.env.user
                )
            )

    @api.depends("kind", "order_ids", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for meeting in self:
            # the number of an order is no secret to those who speak about it
            names = meeting.sudo()._get_shown_orders().mapped("name")
            what = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
            parts = [kinds.get(meeting.kind), what, fields.Date.to_string(meeting.date)]
            meeting.display_name = " ".join(part for part in parts if part)

    @api.depends("order_ids")
    @api.depends_context("lang")
    def _compute_order_figures(self):
        for meeting in self:
            figures = meeting._get_order_figures()
            meeting.order_figures = "\n".join(
                f"{order.name}: {'; '.join(f'{label} {value}' for label, value in own)}"
                for order, own in figures.items()
                if own
            )

    def _get_order_figures(self):
        """Return ``{order: [(label, value), …]}`` of the orders of one meeting: what
        was promised and came of it, the time that was planned and took, delays."""
        self.ensure_one()
        figures = {}
        for order in self._get_shown_orders():
            operations = get_all_productions(order).workorder_ids
            day = self.company_id._calendar_day
            promised, stocked = order.commitment_date, order.goods_in_stock_on
            rows = [
                (self.env._("promised"), promised and day(promised)),
                (self.env._("all in stock"), stocked and day(stocked)),
                (
                    self.env._("minutes worked of those planned"),
                    operations
                    and self.env._(
                        "%(worked)s of %(planned)s",
                        worked=self._spell_minutes(operations.mapped("duration")),
                        planned=self._spell_minutes(
                            operations.mapped("duration_expected")
                        ),
                    ),
                ),
                (self.env._("delays reported"), order.delay_count),
            ]
            figures[order] = [(label, value) for label, value in rows if value]
        return figures

    def _get_shown_orders(self):
        """Return the orders of one superuser meeting that its reader is told about: of
        minutes that are kept all of them, of what he only chooses those he sees."""
        kept = self._origin.order_ids
        chosen = self.order_ids._origin - kept
        return kept | chosen.sudo(False)._filtered_access("read").sudo()

    @api.model
    def _spell_minutes(self, minutes):
        return self.env["res.lang"]._spell_number(sum(minutes), 0)

    # -- entering ----------------------------------------------------------------------

    @api.constrains("kind", "order_ids", "responsible_ids")
    def _check_orders(self):
        """[ANA-3] a review of the process is about all orders of its period."""
        for meeting in self:
            if meeting.kind == PROCESS and meeting.order_ids:
                raise ValidationError(
                    self.env._(
                        "A review of the process is about its period: speak of single "
                        "orders in its text, or hold a meeting of another kind."
                    )
                )
            if meeting.kind != FAILURE and meeting.responsible_ids:
                raise ValidationError(
                    self.env._(
                        "Who is responsible is named by a meeting on a serious failure."
                    )
                )

    @api.model
    def _spell_entered(self):
        return self.env._(
            "Where the minutes of a meeting stand follows from what is done with them; "
            "it cannot be entered."
        )

    @api.model
    def _spell_closed(self, names):
        return self.env._(
            "The minutes are out and stay as they are: %s. Until everybody has "
            "confirmed them whoever chairs the meeting can take them back.",
            names,
        )

    def _get_unconfirmed(self):
        return self.participant_ids.filtered(lambda row: not row.confirmed_on)

    # -- events, worker ----------------------------------------------------------------

    @api.model
    def _get_event_labels(self):
        return {
            **super()._get_event_labels(),
            HELD: self.env._("Minutes sent out"),
            DRAFT: self.env._("Minutes taken back"),
            CLOSED: self.env._("Minutes confirmed"),
        }

    @api.model
    def _get_recheck_handlers(self):
        return {**super()._get_recheck_handlers(), "next": "_propose_next"}

    @api.model
    def _get_recheck_labels(self):
        return {**super()._get_recheck_labels(), "next": self.env._("Next review")}

    def _get_form_document(self):
        return self.display_name
