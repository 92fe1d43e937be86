from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.mechanism.engine import public_act
from ..models.procedures.my_day import HANDED, LATE, WAITS, get_items, may_open


class OrderDayLine(models.TransientModel):
    """A line of “My Day” (P25): how much of one list concerns the reader. What it
    counts is said by a table of the program, not by the line."""

    _name = "order.day.line"
    _inherit = ["order.question.mixin"]
    _description = "Line of My Day"
    _order = "sequence, id"
    _rec_name = "label"

    sequence = fields.Integer(readonly=True)
    key = fields.Char(required=True, readonly=True)
    section = fields.Selection(
        [
            (WAITS, "Waits for Me"),
            (LATE, "Runs Late"),
            (HANDED, "Handed On by Me"),
        ],
        required=True,
        readonly=True,
        # in this order, not in that of the alphabet
        group_expand=True,
    )
    label = fields.Char(compute="_compute_label")
    count = fields.Integer(string="How Much of It", compute="_compute_count")

    @api.depends("key")
    @api.depends_context("lang")
    def _compute_label(self):
        items = get_items(self.env)
        for line in self:
            line.label = items[line.key].label if line.key in items else ""

    @api.depends("key")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_count(self):
        items = get_items(self.env)
        for line in self:
            item = items.get(line.key)
            # one query for each list: they are of different kinds of documents
            line.count = (
                self.env[item.model].search_count(item.domain)
                if item and may_open(self.env, item)
                else 0
            )

    @api.model
    @public_act
    def action_begin(self):
        """Open the page of the reader: of every list that is work of his, what is in
        it now."""
        self.check_access("read")
        self.search([("create_uid", "=", self.env.uid)]).unlink()
        made = self.create(
            [
                {"sequence": number, "key": key, "section": item.section}
                for number, (key, item) in enumerate(get_items(self.env).items())
                if may_open(self.env, item)
            ]
        )
        shown = made.filtered("count")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_process_cn.order_day_line_action"
        )
        # known by the menu: as the first page after the login it shows its app
        begin = self.env["ir.model.data"]._xmlid_to_res_id(
            "order_process_cn.order_day_line_action_begin"
        )
        return {**action, "id": begin, "domain": [("id", "in", shown.ids)]}

    @public_act
    def action_open(self):
        """Open the list that a line counts."""
        self.ensure_one()
        self.check_access("read")
        item = get_items(self.env).get(self.key)
        if not item or not may_open(self.env, item):
            raise UserError(self.env._("Open “My Day” once more: it has changed."))
        action = self.env["ir.actions.act_window"]._for_xml_id(item.action)
        return {
            **action,
            "name": item.label,
            "display_name": item.label,
            "domain": item.domain,
            "context": {},
        }
