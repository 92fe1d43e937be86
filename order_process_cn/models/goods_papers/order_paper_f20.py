from odoo import models

from ...tools.paper_blocks import Boxes, Cell, Column, Facts, Row, Table


class OrderPaperF20(models.AbstractModel):
    """Delivery receipt (到货回单, F20): what was received, or empty boxes to enter it
    in by hand. [SHP-4]"""

    _name = "order.paper.f20"
    _inherit = ["order.paper"]
    _description = "Delivery Receipt"

    _code = "F20"
    _for_customer = True
    _goods = {
        "number": 6,
        "code": 14,
        "product": 22,
        "specification": 16,
        "sent": 9,
        "unit": 7,
        "received": 9,
        "condition": 8,
        "reason": 9,
    }

    def _check_may_print(self, records):
        records._check_may_print_delivery()

    def _get_blocks(self, doc):
        delivery = doc.sudo()  # whoever may read a transfer may read all of its paper
        receipt = delivery.receipt_ids.sorted("id")[-1:]
        return [
            Facts(self._get_receipt_head(delivery, receipt)),
            self._get_received_goods(delivery, receipt),
            *self._get_signing(delivery, receipt),
        ]

    def _get_receipt_head(self, delivery, receipt):
        order = delivery.sale_id
        media = dict(receipt._fields["medium"]._description_selection(self.env))
        facts = [
            (self.env._("Customer"), order.partner_id.commercial_partner_id.name),
            (self.env._("Order"), order.name),
            (self.env._("Customer Order No."), order.client_order_ref or ""),
            (self.env._("Left on"), delivery._spell_moment(delivery.date_done)),
            *self._get_receiver(delivery),
            *delivery._get_journey(),
        ]
        if receipt:
            facts += [
                (self.env._("Received by"), receipt.received_by),
                (
                    self.env._("Received on"),
                    receipt._spell_received_on(),
                ),
                (self.env._("Received How"), media[receipt.medium]),
                (self.env._("Remark"), receipt.note or ""),
            ]
        if receipt.goods_verdict:
            field = receipt._fields["goods_verdict"]
            verdicts = dict(field._description_selection(self.env))
            label = field._description_string(self.env)
            facts.append((label, verdicts[receipt.goods_verdict]))
        return facts

    def _get_received_goods(self, delivery, receipt):
        columns = {
            **self._get_delivery_columns(delivery),
            "received": Column(self.env._("Received Quantity"), 0, "end"),
            "condition": Column(self.env._("State of the Goods"), 0),
            "reason": Column(self.env._("Remarks"), 0),
        }
        said = {(li.order_line_id, li.product_id): li for li in receipt.line_ids}
        empty = receipt.line_ids.browse()
        rows = []
        for number, part in enumerate(delivery._list_goods(), start=1):
            line = said.get((part.line, part.product), empty)
            cells = [
                self._get_received_cell(name, line)
                if name in {"received", "condition", "reason"}
                else self._get_delivery_cell(name, number, part)
                for name in self._goods
            ]
            rows.append(Row(cells, "mark" if line and line._is_different() else ""))
        return Table(
            [columns[name]._replace(share=s) for name, s in self._goods.items()], rows
        )

    def _get_received_cell(self, name, line):
        if not line:
            return ""  # entered by hand
        if name == "received":
            return line.product_uom_id._spell_quantity(line.received_qty)
        if name == "condition":
            labels = dict(line._fields["condition"]._description_selection(self.env))
            return labels[line.condition]
        return line.reason or ""

    def _get_signing(self, delivery, receipt):
        form = self.env["order.form"]._by_code(self._code)
        return [
            Boxes(
                [
                    (self.env._("Delivered by"), delivery.driver or ""),
                    (
                        self.env._("Received by the Customer (signature, stamp, date)"),
                        self._get_signature(receipt),
                    ),
                ],
                is_low=self._is_low(form._get_paperformat()),
            )
        ]

    def _get_signature(self, receipt):
        """Return who signed and what he drew; of a scan only who."""
        if not receipt:
            return ""
        file = receipt.evidence_ids.with_context(bin_size=False)[:1]
        drawn = receipt.medium == "screen" and (file.mimetype or "").startswith("image")
        return Cell(
            [receipt.received_by, receipt._spell_received_on()],
            picture=self._picture(file.datas) if drawn else "",
        )
