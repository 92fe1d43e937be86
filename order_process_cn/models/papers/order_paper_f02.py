from odoo import models

from ...tools.paper_blocks import Column, Facts, Table


class OrderPaperF02(models.AbstractModel):
    """客户订单配置表 (F02): how each line is configured, signed by four managers. No
    prices. [CFM-7]"""

    _name = "order.paper.f02"
    _inherit = ["order.paper.sheet"]
    _description = "Configuration Sheet"

    _code = "F02"

    def _get_blocks(self, doc):
        order = doc.sudo()  # whoever may print the order may see how it is configured
        columns = [
            Column(self.env._("Item"), 6, "center"),
            Column(self.env._("Product"), 23),
            Column(self.env._("Quantity"), 13, "end"),
            Column(self.env._("Configured Part"), 16),
            Column(self.env._("Configured As"), 28),
            Column(self.env._("Remarks"), 14),
        ]
        rows = [
            row
            for number, line in enumerate(self._get_goods_lines(order), start=1)
            for row in self._get_line_rows(number, line)
        ]
        return [
            Facts(self._get_sheet_head(doc)),
            Table(columns, rows),
            Facts(
                [
                    (
                        self.env._("Other Requirements"),
                        doc.special_requirements or "",
                    ),
                    (self.env._("Packing"), doc.packing_requirements or ""),
                ]
            ),
            *self._get_seats(
                doc,
                self.env._("General Manager"),
                self.env._("Production Manager"),
                self.env._("Materials Manager"),
                self.env._("Chief Engineer"),
            ),
        ]

    def _get_line_rows(self, number, line):
        """Return the rows of one line: what it is, and each part of it."""
        parts = self._get_parts(line) or [("", "", "")]
        quantity = line.product_uom_id._spell_with_unit(line.product_uom_qty)
        what = [self._name_line(line), *filter(None, [line.specification])]
        return [
            [*((number, what, quantity) if at == 0 else ("", "", "")), *part]
            for at, part in enumerate(parts)
        ]

    def _get_parts(self, line):
        """Return ``[(part, as what, remark), …]``: attributes of the product, then what
        the customer wants beside."""
        entered = {
            custom.custom_product_template_attribute_value_id: custom.custom_value
            for custom in line.product_custom_attribute_value_ids
        }
        values = (
            line.product_id.product_template_attribute_value_ids
            | line.product_no_variant_attribute_value_ids
            | self.env["product.template.attribute.value"].union(*entered)
        )
        return [
            (value.attribute_id.name, entered.get(value) or value.name, "")
            for value in values
        ] + [
            (row.name, row.value, row.remark or "")
            for row in line.configuration_row_ids.sorted()
        ]
