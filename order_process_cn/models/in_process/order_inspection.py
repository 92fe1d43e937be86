from odoo import api, fields, models


class OrderInspection(models.Model):
    """An inspection after an operation, and when a fault was found (MFG-7). [P16 五]"""

    _inherit = "order.inspection"

    workorder_id = fields.Many2one(
        "mrp.workorder",
        string="After the Operation",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        groups="mrp.group_mrp_user",
    )
    fault_found_on = fields.Datetime(
        readonly=True,
        copy=False,
        help="Since when quality owes an advice what is to be done.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "rework_advice" in vals:
            advised = self.filtered(lambda i: i.fault_found_on and i.rework_advice)
            advised._emit("advised")
        if "faulty" in vals:
            self._note_fault()
        return result

    def _note_fault(self):
        """Note that a fault was found, from when on an advice is owed: once."""
        faulty = self.filtered(
            lambda i: (
                i._is_open()
                and not i.fault_found_on
                and (i.faulty or "fail" in i.line_ids.mapped("result"))
            )
        )
        # noted by the engine, whoever finds it
        faulty.sudo().fault_found_on = fields.Datetime.now()
        faulty._emit("fault_found")
        faulty.filtered("rework_advice")._emit("advised")

    def _decide(self, state):
        # what is scrapped, returned or let through was advised on as well
        self.filtered("fault_found_on")._emit("advised")
        return super()._decide(state)

    def _start_again(self):
        again = super()._start_again()
        again.workorder_id = self.workorder_id
        return again

    @api.model
    def _get_limit_events(self):
        return {
            **super()._get_limit_events(),
            "fault_found": self.env._("Fault found"),
            "advised": self.env._("What is to be done is said"),
        }
