from odoo import models

from ...tools.paper_blocks import Boxes, Column, Facts, Table


class OrderPaperF05(models.AbstractModel):
    """Production instruction (F05): no prices. [MFG-1]"""

    _name = "order.paper.f05"
    _inherit = ["order.paper"]
    _description = "Production Instruction"

    _code = "F05"

    def _get_blocks(self, doc):
        return [
            Facts(doc._get_instruction_head()),
            Table(
                [
                    Column(self.env._("No."), 6, "center"),
                    Column(self.env._("Model"), 15),
                    Column(self.env._("Product"), 26),
                    Column(self.env._("Specification"), 20),
                    Column(self.env._("Quantity"), 14, "end"),
                    Column(self.env._("Unit"), 7, "center"),
                    Column(self.env._("Remarks"), 12),
                ],
                [
                    [
                        number,
                        line.product_id.default_code or "",
                        line.product_id.name or line.name,
                        line.specification or "",
                        line.product_uom_id._spell_quantity(line.product_uom_qty),
                        line.product_uom_id.name or "",
                        "",
                    ]
                    for number, line in enumerate(doc._get_form_lines(), start=1)
                ],
            ),
            Facts(doc._get_requirements_head()),
            Boxes(
                [
                    (self.env._("Sales Assistant"), doc.user_id.name or ""),
                    (self.env._("Production Supervisor"), ""),
                    (self.env._("Received (signature, date)"), ""),
                ]
            ),
        ]
