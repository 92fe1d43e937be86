from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.mechanism.engine import public_act
from ..models.workshop.order_work_report import QUANTITIES

# what the next report begins without
ENTERED = {
    **dict.fromkeys(QUANTITIES, 0.0),
    "code": False,
    "is_all": False,
    "scrap_reason_ids": [Command.clear()],
    "started_on": False,
    "finished_on": False,
    "remark": False,
}


class OrderWorkWizard(models.TransientModel):
    """The page on which work is reported (MFG-6): scan the card, say how many, done.

    For a phone or a terminal: it says what was scanned, how much came in, how much is
    left, and why a scan is refused. It decides nothing: ``order.work.report`` does.
    """

    _name = "order.work.wizard"
    _inherit = ["barcodes.barcode_events_mixin", "order.question.mixin"]
    _description = "Report Work"
    _rec_name = "code"

    code = fields.Char(
        string="Scanned Code", help="The bar code on the route card, or a badge."
    )
    problem = fields.Char(readonly=True)
    said = fields.Char(string="Reported", readonly=True)
    workorder_id = fields.Many2one("mrp.workorder", string="Operation")
    production_id = fields.Many2one(related="workorder_id.production_id")
    product_id = fields.Many2one(related="workorder_id.product_id")
    product_uom_id = fields.Many2one(related="workorder_id.product_uom_id")
    workcenter_id = fields.Many2one(related="workorder_id.workcenter_id")
    is_urgent = fields.Boolean(compute="_compute_room", compute_sudo=True)
    quantity_came = fields.Float(
        string="Came In",
        digits="Product Unit",
        compute="_compute_room",
        compute_sudo=True,
    )
    quantity_left = fields.Float(
        string="Left", digits="Product Unit", compute="_compute_room", compute_sudo=True
    )
    refusal = fields.Text(compute="_compute_room", compute_sudo=True)
    operator_id = fields.Many2one(
        "resource.resource",
        domain=[("resource_type", "=", "user")],
        default=lambda self: self._default_operator_id(),
    )
    quantity_good = fields.Float(string="Good Pieces", digits="Product Unit")
    is_all = fields.Boolean(string="All Good", help="Everything that is left is good.")
    quantity_scrap_process = fields.Float(string="Process Scrap", digits="Product Unit")
    quantity_scrap_material = fields.Float(
        string="Material Scrap", digits="Product Unit"
    )
    quantity_rework = fields.Float(string="Rework", digits="Product Unit")
    scrap_reason_ids = fields.Many2many(
        "stock.scrap.reason.tag", string="Scrap Reasons"
    )
    inspector_id = fields.Many2one("res.users")
    started_on = fields.Datetime(string="Began")
    finished_on = fields.Datetime(string="End of Work")
    remark = fields.Text()
    cancels_id = fields.Many2one("order.work.report", string="Takes Back")

    @api.model
    def _default_operator_id(self):
        return self.env["resource.resource"].search(
            [("user_id", "=", self.env.uid), ("resource_type", "=", "user")], limit=1
        )

    @api.depends("workorder_id", "problem")
    @api.depends_context("lang")
    def _compute_room(self):
        for wizard in self:
            workorder = wizard.workorder_id
            room = workorder._get_room() if workorder else None
            wizard.quantity_came = room.came if room else 0.0
            wizard.quantity_left = room.left if room else 0.0
            wizard.is_urgent = workorder.is_urgent
            refusal = room and workorder._find_refusal(room)
            wizard.refusal = wizard.problem or refusal

    # -- scanning ----------------------------------------------------------------------

    @api.onchange("code")
    def _onchange_code(self):
        if self.code:
            self._take(self.code.strip())

    def on_barcode_scanned(self, barcode):
        self._take((barcode or "").strip())

    def _take(self, code):
        """Take what was scanned for a badge or for an operation."""
        self.code = code
        self.problem = self.said = False
        if operator := self.env["resource.resource"].search(
            [("badge_code", "=", code), ("resource_type", "=", "user")], limit=1
        ):
            self.operator_id = operator
            return
        self.workorder_id = self.env["mrp.workorder"]._find_by_code(code)
        self.is_all = False
        if not self.workorder_id:
            self.problem = self.env._(
                "%s is neither an operation on a route card nor a badge.", code
            )

    @api.onchange("is_all")
    def _onchange_is_all(self):
        if self.is_all:
            bad = sum(self[name] for name in QUANTITIES[1:])
            self.quantity_good = max(self.quantity_left - bad, 0.0)

    # -- deciding ----------------------------------------------------------------------

    @public_act
    def action_report(self):
        """Report what was entered; the page is ready for the next one."""
        self.ensure_one()
        if not self.workorder_id:
            raise UserError(self.env._("Scan the bar code of an operation first."))
        report = self.env["order.work.report"]._record(
            self.workorder_id,
            **{name: self[name] for name in QUANTITIES},
            scrap_reason_ids=[Command.set(self.scrap_reason_ids.ids)]
            if self.scrap_reason_ids
            else [],
            operator_id=self.operator_id.id,
            inspector_id=self.inspector_id.id,
            started_on=self.started_on,
            finished_on=self.finished_on,
            remark=(self.remark or "").strip(),
        )
        unit = report.product_uom_id
        said = self.env._(
            "%(operation)s: %(good)s good reported by %(operator)s.",
            operation=report.workorder_id.display_name,
            good=unit._spell_with_unit(report.quantity_good),
            operator=report._name_operator(),
        )
        self.write({**ENTERED, "workorder_id": False, "said": said, "problem": False})
        return True

    @public_act
    def action_take_back(self):
        """Take back the report for which the question was asked."""
        self.ensure_one()
        self.cancels_id._take_back(self.remark)
        return {"type": "ir.actions.act_window_close"}
