from odoo import models

from ...tools.paper_blocks import Column, Facts, Table


class OrderPaperF13(models.AbstractModel):
    """Goods-received notice (F13): what passed goes into the warehouse, who hands it
    over and who takes it."""

    _name = "order.paper.f13"
    _inherit = ["order.paper"]
    _description = "Goods-Received Notice"

    _code = "F13"

    def _check_may_print(self, records):
        records.check_access("read")

    def _get_blocks(self, doc):
        notice = doc.sudo()  # whoever may read a notice may read all of its paper
        unit = notice.product_id.uom_id
        inspection = notice.inspection_id
        return [
            Facts(
                [
                    (self.env._("Origin"), notice.origin or ""),
                    (self.env._("Inspection"), inspection.name),
                    (self.env._("Location"), notice.place or ""),
                    (
                        self.env._("Inspected on"),
                        notice._spell_moment(inspection.inspected_on),
                    ),
                ]
            ),
            Table(
                [
                    Column(self.env._("Product"), 46),
                    Column(self.env._("Lot/Serial Number"), 22),
                    Column(self.env._("Quantity Passed"), 20, "end"),
                    Column(self.env._("Unit"), 12, "center"),
                ],
                [
                    [
                        notice.product_id.display_name,
                        notice.lot_name or "",
                        unit._spell_quantity(notice.quantity),
                        unit.name,
                    ]
                ],
            ),
            *self._get_countersign(self._get_people(notice)),
        ]

    def _get_people(self, notice):
        """Return the boxes: who follows it up, who inspected, who took it over."""
        issued = self.env._("Issued")
        received = self.env._("Received") if notice.received_on else ""
        return [
            {"seat": seat, "signer": name, "decision": act, "time": time, "drawing": ""}
            for seat, name, act, time in (
                (
                    self.env._("Followed up by"),
                    notice.user_id.name or "",
                    issued,
                    notice._spell_moment(notice.create_date),
                ),
                (
                    self.env._("Inspector"),
                    notice.inspector_id.name or "",
                    self.env._("Passed"),
                    notice._spell_moment(notice.inspection_id.inspected_on),
                ),
                (
                    self.env._("Warehouse"),
                    notice.received_by_id.name or "",
                    received,
                    notice._spell_moment(notice.received_on),
                ),
            )
        ]
