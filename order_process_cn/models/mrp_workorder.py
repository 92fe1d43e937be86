from odoo import api, fields, models

from .production.mrp_production_fact_table import LINE_FACTS


class MrpWorkorder(models.Model):
    """The conductor of the work order: see sale_order.py."""

    _inherit = "mrp.workorder"

    is_urgent = fields.Boolean(
        related="production_id.is_urgent", string="Urgent", groups="base.group_user"
    )
    # core's domain, which no screen shows, keeps the ORM from taking it for the inverse
    # that it is: each quantity would be followed by searches for what comes next
    needed_by_workorder_ids = fields.Many2many(domain=[])

    @api.constrains("qty_produced", "state", "production_id")
    def _check_work_may_begin(self):
        """The gate of each operation: what is reported here moves the production order
        only with its last operation. [MFG-5]"""
        begun = self.filtered(
            lambda order: order.qty_produced or order.state in {"progress", "done"}
        )
        begun.production_id._check_work_may_begin()
        begun.production_id._check_first_article()
        splitting = self.production_id._get_splitting()
        begun.filtered(
            lambda w: w.production_id.id not in splitting
        )._check_in_process()

    def button_start(self, raise_on_invalid_state=False):
        if question := self.production_id._ask_before("start"):
            return question
        # before core gives what it starts a date of today [MFG-12]
        self.production_id._check_work_may_begin()
        return super().button_start(raise_on_invalid_state=raise_on_invalid_state)

    def button_finish(self):
        return self.production_id._ask_before("start") or super().button_finish()

    def action_mark_as_done(self):
        question = self.production_id._ask_before("start")
        return question or super().action_mark_as_done()

    def _create_or_update_analytic_entry(self):
        # whoever books time need not see what it costs
        return super(MrpWorkorder, self.sudo())._create_or_update_analytic_entry()

    def action_cancel(self):
        self.check_access("write")
        # as above; core removes the entries of what is cancelled
        return super(MrpWorkorder, self.sudo()).action_cancel()

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.production_id._watch_review_facts()
        return orders

    def write(self, vals):
        facts = vals.keys() & LINE_FACTS["mrp.workorder"].keys()
        # of the states only one is a fact: that it is cancelled
        if facts == {"state"} and vals["state"] != "cancel":
            facts = "cancel" in self.mapped("state")
        result = super().write(vals)
        if facts:
            self.production_id._watch_review_facts()
        if vals.keys() & {"qty_produced", "state"}:
            self._ask_in_process()
        return result

    def unlink(self):
        self.check_access("unlink")
        self.production_id._watch_review_facts()
        return super(MrpWorkorder, self.sudo()).unlink()  # as above
