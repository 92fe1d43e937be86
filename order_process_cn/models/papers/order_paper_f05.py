from odoo import models

from ...tools.paper_blocks import Boxes, Facts


class OrderPaperF05(models.AbstractModel):
    """Production instruction (F05): no prices. [MFG-1]"""

    _name = "order.paper.f05"
    _inherit = ["order.paper"]
    _description = "Production Instruction"

    _code = "F05"
    _goods = {
        "number": 6,
        "model": 15,
        "product": 26,
        "specification": 20,
        "quantity": 14,
        "unit": 7,
        "remarks": 12,
    }

    def _get_blocks(self, doc):
        return [
            Facts(doc._get_instruction_head()),
            self._get_goods(doc),
            Facts(doc._get_requirements_head()),
            Boxes(
                [
                    (self.env._("Sales Assistant"), doc.user_id.name or ""),
                    (self.env._("Production Supervisor"), ""),
                    (self.env._("Received (signature, date)"), ""),
                ]
            ),
        ]
