from odoo import models
from odoo.exceptions import AccessError, UserError

from ...tools.paper_blocks import Boxes, Column, Facts, Table


class OrderPaperF32(models.AbstractModel):
    """Return note (退货单, F32): what comes back with one transfer, why, what was found
    and what becomes of it. [AFS-1]"""

    _name = "order.paper.f32"
    _inherit = ["order.paper"]
    _description = "Return Note"

    _code = "F32"
    _goods = {
        "number": 6,
        "code": 13,
        "product": 25,
        "asked": 11,
        "received": 11,
        "unit": 7,
        "finding": 14,
        "decision": 13,
    }

    def _check_may_print(self, records):
        """:raise UserError: naming the transfers that bring nothing back"""
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Return notes are printed by us."))
        records.check_access("read")
        # which kind a transfer is is no secret
        others = records.sudo().filtered(lambda p: not p._is_return_from_customer())
        if others:
            raise UserError(
                self.env._(
                    "Nothing of a sales order comes back with: %s",
                    ", ".join(others.mapped("name")),
                )
            )

    def _get_blocks(self, doc):
        transfer = doc.sudo()  # whoever may read a transfer may read all of its paper
        return [
            Facts(self._get_return_head(transfer)),
            self._get_return_goods(transfer),
            Boxes(
                [
                    (self.env._("Handed over by the Customer"), ""),
                    (self.env._("Warehouse"), transfer.user_id.name or ""),
                    (self.env._("Quality"), self._name_inspectors(transfer)),
                    (self.env._("Finance"), ""),
                ]
            ),
        ]

    def _get_return_head(self, transfer):
        case, order = transfer.service_case_id, transfer.sale_id
        facts = [
            (self.env._("Customer"), order.partner_id.commercial_partner_id.name),
            (self.env._("Order"), order.name),
            (self.env._("Customer Order No."), order.client_order_ref or ""),
            (self.env._("Delivered with"), transfer.return_id.name),
            (self.env._("Comes to"), transfer.location_dest_id.display_name),
            (self.env._("Received on"), transfer._spell_moment(transfer.date_done)),
        ]
        if case:
            kinds = dict(case._fields["kind"]._description_selection(self.env))
            facts += [
                (self.env._("Service Case"), case.display_name),
                (self.env._("What It Is About"), kinds[case.kind]),
                (self.env._("Reason"), case.reason_id.name or ""),
            ]
        return facts

    def _get_return_goods(self, transfer):
        columns = {
            **self._get_goods_columns(transfer.sale_id),
            "asked": Column(self.env._("To Come Back"), 0, "end"),
            "received": Column(self.env._("Received Quantity"), 0, "end"),
            "finding": Column(self.env._("Inspection Result"), 0),
            "decision": Column(self.env._("What Becomes of It"), 0),
        }
        moves = transfer.move_ids.filtered(lambda move: move.state != "cancel")
        rows = [
            [self._get_return_cell(name, number, move) for name in self._goods]
            for number, move in enumerate(moves, start=1)
        ]
        shown = [columns[name]._replace(share=s) for name, s in self._goods.items()]
        return Table(shown, rows)

    def _get_return_cell(self, name, number, move):
        line, spell = move.service_case_line_id, move.product_uom._spell_quantity
        decisions = dict(line._fields["decision"]._description_selection(self.env))
        cells = {
            "number": lambda: number,
            "code": lambda: move.product_id.default_code or "",
            "product": lambda: move.product_id.name,
            "asked": lambda: spell(move.product_uom_qty),
            "received": lambda: spell(move.quantity) if move.state == "done" else "",
            "unit": lambda: move.product_uom.name,
            "finding": lambda: line.finding or "",
            "decision": lambda: decisions.get(line.decision, ""),
        }
        return cells[name]()

    def _name_inspectors(self, transfer):
        inspections = transfer.move_ids.service_case_line_id.inspection_ids
        return ", ".join(inspections.user_id.mapped("name"))
