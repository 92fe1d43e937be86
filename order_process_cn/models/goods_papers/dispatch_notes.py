"""Dispatch notes that are handed over and filed (SHP-3): whoever ships keeps the stub
and hands those of a month over to sales (P28 17)."""

from odoo import api, fields, models
from odoo.tools import SQL

NOTE = "F18B"


class OrderFormIssue(models.Model):
    _inherit = "order.form.issue"

    def _follow_receipt(self):
        super()._follow_receipt()
        notes = self.filtered(lambda issue: issue.form_id.code == NOTE)
        deliveries = self.env["stock.picking"].browse(notes.mapped("res_id")).exists()
        orders = deliveries.sale_id
        open_notes = self._find_open_notes(orders.picking_ids)
        for order in orders:
            if not open_notes & order.picking_ids:
                order._emit("notes_handed_over")

    @api.model
    def _find_open_notes(self, pickings):
        """Return those of these transfers that left, and whose dispatch note is missing
        or was not handed over to all who get a copy."""
        left = pickings.filtered(lambda p: p.state == "done" and p._is_delivery())
        issues = self.search(
            [
                ("form_id.code", "=", NOTE),
                ("res_model", "=", left._name),
                ("res_id", "in", left.ids),
                ("superseded_on", "=", False),
            ]
        )
        waiting = issues.filtered(lambda i: i.department_id and not i.acknowledged_on)
        known = set(issues.mapped("res_id")) - set(waiting.mapped("res_id"))
        return left.filtered(lambda picking: picking.id not in known)


class StockPicking(models.Model):
    _inherit = "stock.picking"

    lacks_dispatch_note = fields.Boolean(
        compute="_compute_lacks_dispatch_note",
        search="_search_lacks_dispatch_note",
        compute_sudo=True,
        groups="base.group_user",
        help="It has left on a release, and its dispatch note was not printed.",
    )

    @api.depends("state")
    def _compute_lacks_dispatch_note(self):
        lacking = self.filtered_domain(self._get_left_domain())
        issues = self.env["order.form.issue"].search(
            [
                ("form_id.code", "=", NOTE),
                ("res_model", "=", self._name),
                ("res_id", "in", lacking.ids),
            ]
        )
        issued = set(issues.mapped("res_id"))
        for picking in self:
            lacks = picking in lacking and picking.id not in issued
            picking.lacks_dispatch_note = lacks

    def _search_lacks_dispatch_note(self, operator, value):
        if operator != "in":
            return NotImplemented
        issues = self.env["order.form.issue"]
        issues.flush_model(["form_id", "res_id", "res_model"])
        # whether a note was printed is no secret
        issued = SQL(
            "(SELECT issue.res_id FROM %s issue JOIN order_form form "
            "ON form.id = issue.form_id WHERE form.code = %s AND issue.res_model = %s)",
            SQL.identifier(issues._table),
            NOTE,
            self._name,
        )
        return [*self._get_left_domain(), ("id", "not in", issued)]

    @api.model
    def _get_left_domain(self):
        return [
            ("state", "=", "done"),
            ("picking_type_code", "in", ["outgoing", "dropship"]),
            ("sale_id.ships_on_release", "=", True),
        ]
