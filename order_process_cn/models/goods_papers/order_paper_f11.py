import base64
from io import BytesIO

from PIL import Image, ImageOps

from odoo import models

from ...tools.paper_blocks import Cell, Column, Facts, Row, Table


class OrderPaperF11(models.AbstractModel):
    """Route card (F11) that goes with the parts: each operation with its bar code.
    [MFG-6]"""

    _name = "order.paper.f11"
    _inherit = ["order.paper"]
    _description = "Route Card"

    _code = "F11"

    def _check_may_print(self, records):
        records.check_access("read")

    def _get_blocks(self, doc):
        # the workshop reads customer and order on its own paper
        production = doc.sudo()
        operations = production.workorder_ids.filtered(lambda w: w.state != "cancel")
        return [
            Facts(self._get_card_head(production)),
            Table(
                [
                    Column(self.env._("Item"), 6, "center"),
                    Column(self.env._("Operation"), 12),
                    Column(self.env._("Work Centre"), 10),
                    Column(self.env._("Planned"), 9, "end"),
                    Column(self.env._("Good Pieces"), 7, "end"),
                    Column(self.env._("Scrap"), 7, "end"),
                    Column(self.env._("Operator"), 9),
                    Column(self.env._("Inspector"), 9),
                    Column(self.env._("Time"), 8),
                    Column(self.env._("Bar Code"), 23),
                ],
                [
                    self._get_operation(number, operation)
                    for number, operation in enumerate(operations, start=1)
                ],
            ),
        ]

    def _get_card_head(self, production):
        order = production._get_sale_orders()[:1]
        drawing = self.env["order.paper.f05"]._name_confirmed_drawing(order)
        return [
            (self.env._("Product"), production.product_id.display_name),
            (
                self.env._("Quantity"),
                production.product_uom_id._spell_with_unit(production.product_qty),
            ),
            (self.env._("Bill of Materials"), production.bom_id.display_name or ""),
            (self.env._("Sales Order"), order.name or ""),
            (self.env._("Start"), production._spell_date(production.date_start)),
            (self.env._("Finish"), production._spell_date(production.date_finished)),
            (self.env._("Specification"), production.product_id.specification or ""),
            (self.env._("Drawing"), drawing),
        ]

    def _get_operation(self, number, operation):
        reports = operation.work_report_ids.filtered(lambda report: not report.is_void)
        unit = operation.product_uom_id
        planned = operation.qty_production - operation.qty_reported_from_previous_wo

        def spell(quantity):
            # what is not reported yet is filled in by hand
            return unit._spell_quantity(quantity) if reports else ""

        days = [report.finished_on or report.date for report in reports]
        operators = dict.fromkeys(report._name_operator() for report in reports)
        return Row(
            [
                number,
                operation.name,
                operation.workcenter_id.name or "",
                unit._spell_quantity(planned),
                spell(sum(reports.mapped("quantity_good"))),
                spell(operation.reported_scrap),
                "\n".join(operators),
                "\n".join(reports.inspector_id.mapped("name")),
                operation.production_id._spell_moment(max(days, default=False)),
                Cell(
                    [operation.card_code],
                    picture=self._draw_code(operation.card_code),
                    align="center",
                ),
            ],
            "tall",
        )

    def _draw_code(self, code):
        """Return the bar code as an address that needs no request."""
        picture = self.env["ir.actions.report"].barcode(
            "Code128", code, width=960, height=190, quiet=1
        )
        image = Image.open(BytesIO(picture)).convert("L")
        left, _top, right, _bottom = ImageOps.invert(image).getbbox()
        # half of the white beside the bars is enough for a scanner: they grow by that
        box = (left // 2, 0, (right + image.width) // 2, image.height)
        file = BytesIO()
        image.crop(box).save(file, "PNG")
        return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
