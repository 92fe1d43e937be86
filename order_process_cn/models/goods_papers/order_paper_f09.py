from odoo import models

from ...tools.paper_blocks import Column


class OrderPaperF09(models.AbstractModel):
    """外协计划单 (F09): what is made outside, by whom, until when, and how far it is;
    one copy for purchasing, one for the production scheduler. [000 P02 ④]"""

    _name = "order.paper.f09"
    _inherit = ["order.paper.f08"]
    _description = "Subcontracting Plan"

    _code = "F09"

    def _get_columns(self):
        def count(name):
            return lambda _number, line: line.product_uom_id._spell_quantity(line[name])

        return [
            (Column(self.env._("Item"), 5, "center"), lambda number, _line: number),
            (
                Column(self.env._("Product"), 24),
                lambda _n, line: self._spell_product(line),
            ),
            (Column(self.env._("Quantity Asked"), 10, "end"), count("quantity")),
            (
                Column(self.env._("Unit"), 6, "center"),
                lambda _n, line: self._unit(line),
            ),
            (Column(self.env._("Wanted on"), 10), lambda _n, line: self._day(line)),
            (
                Column(self.env._("Subcontractor"), 17),
                lambda _n, line: self._maker(line),
            ),
            (
                Column(self.env._("Quantity Ordered"), 9, "end"),
                count("quantity_ordered"),
            ),
            (
                Column(self.env._("Quantity Received"), 9, "end"),
                count("quantity_received"),
            ),
            (Column(self.env._("Used for"), 10), lambda _n, line: line.use or ""),
        ]

    def _maker(self, line):
        makers = line.purchase_line_ids.filtered(
            lambda p: p.state != "cancel"
        ).partner_id
        return ", ".join((makers or line.partner_id).mapped("name"))
