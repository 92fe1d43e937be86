from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..mechanism.engine import public_act, take_turns

GROUP = "mrp.group_mrp_user"
MANAGER = "mrp.group_mrp_manager"
QUANTITIES = (
    "quantity_good",
    "quantity_scrap_process",
    "quantity_scrap_material",
    "quantity_rework",
)
BAD = QUANTITIES[1:]


class OrderWorkReport(models.Model):
    """工序汇报 (MFG-6): what somebody has done of one operation, once and for all.

    Append-only: a mistake is taken back by a report of the same with a minus. Core's
    own quantity of the operation is what it has always been: :meth:`_record` adds to
    it.
    """

    _name = "order.work.report"
    _inherit = ["order.append.only.mixin", "order.engine.mixin"]
    _description = "Work Report"
    _order = "id desc"

    workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Operation",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    # with the row: a report costs no second statement for what it is about
    production_id = fields.Many2one(
        related="workorder_id.production_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        related="workorder_id.company_id", store=True, precompute=True
    )
    workcenter_id = fields.Many2one(
        "mrp.workcenter",
        string="Work Centre",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    product_id = fields.Many2one(
        related="workorder_id.production_id.product_id", store=True, precompute=True
    )
    product_uom_id = fields.Many2one(
        related="workorder_id.production_id.product_uom_id", string="Unit"
    )
    quantity_good = fields.Float(
        string="Good Pieces", digits="Product Unit", readonly=True
    )
    quantity_scrap_process = fields.Float(
        string="Process Scrap",
        digits="Product Unit",
        readonly=True,
        help="Spoiled here.",
    )
    quantity_scrap_material = fields.Float(
        string="Material Scrap",
        digits="Product Unit",
        readonly=True,
        help="Spoiled by what it was made of.",
    )
    quantity_rework = fields.Float(
        string="Rework",
        digits="Product Unit",
        readonly=True,
        help="To be done again here: reported once more when it is good or scrap.",
    )
    scrap_reason_ids = fields.Many2many(
        "stock.scrap.reason.tag", string="Scrap Reasons", readonly=True
    )
    operator_id = fields.Many2one(
        "resource.resource", readonly=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Reported by",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    inspector_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    date = fields.Datetime(
        string="Reported on",
        required=True,
        readonly=True,
        index=True,
        default=fields.Datetime.now,
    )
    started_on = fields.Datetime(string="Began", readonly=True)
    finished_on = fields.Datetime(string="End of Work", readonly=True)
    time_id = fields.Many2one(
        "mrp.workcenter.productivity",
        string="Booked Time",
        readonly=True,
        ondelete="set null",
    )
    remark = fields.Text(readonly=True)
    cancels_id = fields.Many2one(
        "order.work.report",
        string="Takes Back",
        readonly=True,
        ondelete="restrict",
    )
    cancelled_by_ids = fields.One2many(
        "order.work.report", "cancels_id", string="Taken Back by", readonly=True
    )
    is_void = fields.Boolean(
        string="Taken Back", compute="_compute_is_void", compute_sudo=True
    )

    _cancels_uniq = models.UniqueIndex(
        "(cancels_id) WHERE cancels_id IS NOT NULL",
        "This report was taken back already.",
    )

    @api.depends("cancels_id", "cancelled_by_ids")
    def _compute_is_void(self):
        for report in self:
            report.is_void = bool(report.cancels_id or report.cancelled_by_ids)

    @api.depends("workorder_id", "date")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for report in self:
            moment = fields.Datetime.context_timestamp(self, report.date)
            report.display_name = (
                f"{report.workorder_id.display_name} {moment:%Y-%m-%d %H:%M}"
            )

    def _check_alteration(self, vals):
        raise UserError(
            self.env._("A work report cannot be altered: take it back and report anew.")
        )

    def _spell_kept(self):
        return self.env._("A work report is kept: take it back.")

    def _name_operator(self):
        """Return who did it: the operator, else whoever reported."""
        return self.operator_id.name or self.user_id.name

    # -- reporting ---------------------------------------------------------------------

    @api.model
    def _record(self, workorder, **values):
        """Keep what was done of one operation, and have core know it.

        :param values: of a new report; quantities in the unit of the order
        :raise UserError: not so much came in, it has to wait …, all in words
        """
        self._check_may()
        workorder.check_access("write")
        workorder = workorder.sudo()  # group and right to write were checked
        take_turns(workorder)
        workorder = workorder._with_the_others()
        self._check_values(workorder, values)
        room = workorder._get_room()
        if refusal := workorder._find_refusal(room):
            raise UserError(refusal)
        self._check_quantity(workorder, room, values)
        # nobody may create one: who reports was checked above
        report = self.sudo().create(
            {
                **values,
                "workorder_id": workorder.id,
                "workcenter_id": workorder.workcenter_id.id,
                "user_id": self.env.uid,
                "time_id": self._book_time(workorder, values).id,
            }
        )
        scrap = report.quantity_scrap_process + report.quantity_scrap_material
        workorder._take_in(report.quantity_good, room.scrap + scrap)
        return report.sudo(False)

    @api.model
    def _check_may(self):
        if not self.env.user.has_group(GROUP):
            raise AccessError(self.env._("Only the workshop reports work."))

    @api.model
    def _check_values(self, workorder, values):
        unit = workorder.product_uom_id
        given = {name: values.get(name) or 0.0 for name in QUANTITIES}
        bad = any(given[name] for name in BAD)
        begun, ended = values.get("started_on"), values.get("finished_on")
        problems = [
            (
                all(unit.is_zero(quantity) for quantity in given.values()),
                self.env._("Say how many are good, scrap or to be reworked."),
            ),
            (
                any(quantity < 0 for quantity in given.values()),
                self.env._("Quantities are not negative: take a wrong report back."),
            ),
            (
                bad and not (values.get("scrap_reason_ids") or values.get("remark")),
                self.env._("Say why pieces are scrap or to be reworked."),
            ),
            (
                bool(begun) != bool(ended),
                self.env._("Say when the work began and when it ended, or neither."),
            ),
            (
                bool(begun and ended) and begun >= ended,
                self.env._("The work ends after it began."),
            ),
            (
                bool(ended) and ended > fields.Datetime.now(),
                self.env._("The work does not end in the future."),
            ),
        ]
        if found := [words for is_wrong, words in problems if is_wrong]:
            raise UserError("\n".join(found))

    @api.model
    def _check_quantity(self, workorder, room, values):
        """Not more is reported than came in and is not reported yet."""
        unit = workorder.product_uom_id
        total = sum(values.get(name) or 0.0 for name in QUANTITIES)
        if unit.compare(total, room.left) > 0:
            raise UserError(
                self.env._(
                    "%(operation)s: %(total)s reported, but only %(left)s are left "
                    "(%(came)s came in, %(done)s good and %(scrap)s scrap are reported "
                    "already).",
                    operation=workorder.display_name,
                    total=unit._spell_with_unit(total),
                    left=unit._spell_with_unit(room.left),
                    came=unit._spell_with_unit(room.came),
                    done=unit._spell_with_unit(room.done),
                    scrap=unit._spell_with_unit(room.scrap),
                )
            )

    @api.model
    def _book_time(self, workorder, values):
        """Book the time that was reported, as core books that of a timer."""
        times = self.env["mrp.workcenter.productivity"].sudo()  # checked by the caller
        begun, ended = values.get("started_on"), values.get("finished_on")
        if not begun:
            return times
        minutes = (ended - begun).total_seconds() / 60
        duration = workorder.duration + minutes
        return times.create(workorder._prepare_timeline_vals(duration, begun, ended))

    # -- taking back -------------------------------------------------------------------

    @public_act
    def action_take_back(self):
        """Ask why one report is taken back."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "order_process_cn.order_work_wizard_action_take_back"
        )
        return {**action, "context": {"default_cancels_id": self.id}}

    def _take_back(self, reason):
        """Take one report back by another with a minus.

        :raise AccessError: it is another's, and the caller no manager of production
        :raise UserError: it was taken back, or its pieces went on
        """
        self.ensure_one()
        self._check_may()
        self.check_access("read")
        report = self.sudo()  # group and right to read were checked
        if report.user_id != self.env.user and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._(
                    "Only %s or a manager of production takes this report back.",
                    report.user_id.name,
                )
            )
        if not (reason or "").strip():
            raise UserError(self.env._("Say why."))
        workorder = report.workorder_id
        take_turns(workorder)
        if report.is_void:
            raise UserError(self.env._("This report was taken back already."))
        counter = report.create(
            {
                "workorder_id": workorder.id,
                "workcenter_id": report.workcenter_id.id,
                "user_id": self.env.uid,
                "operator_id": report.operator_id.id,
                "cancels_id": report.id,
                "remark": reason.strip(),
                **{name: -report[name] for name in QUANTITIES},
            }
        )
        report.time_id.unlink()
        workorder._give_back(report.quantity_good)
        return counter.sudo(False)
