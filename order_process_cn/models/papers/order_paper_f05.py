from odoo import models

from ...tools.paper_blocks import Boxes, Facts
from ..confirmation.slip import spell_promised_date


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
            Facts(self._get_instruction_head(doc)),
            self._get_goods(doc),
            Facts(self._get_requirements_head(doc)),
            Boxes(
                [
                    (self.env._("Sales Assistant"), doc.user_id.name or ""),
                    (self.env._("Production Supervisor"), ""),
                    (self.env._("Received (signature, date)"), ""),
                ]
            ),
        ]

    def _get_instruction_head(self, doc):
        """Return label and value of what identifies a production instruction."""
        customer = doc.partner_id.commercial_partner_id
        return [
            (self.env._("Customer Code"), customer.ref or customer.name),
            (self.env._("Order Type"), doc.order_type_id.name or ""),
            (self.env._("Issued on"), doc._spell_date(self._get_issue_moment(doc))),
            (
                self.env._("Goods Finished by"),
                doc._spell_date(doc.production_date or doc.commitment_date),
            ),
            (self.env._("Shipped by"), spell_promised_date(doc)),
            (self.env._("Drawing"), self._name_confirmed_drawing(doc)),
        ]

    def _get_issue_moment(self, doc):
        """Return when an order took effect; one that was never held, when it was
        confirmed."""
        if doc.effective_on or doc.state != "sale" or doc.effect_state:
            return doc.effective_on
        return doc.date_order

    def _name_confirmed_drawing(self, doc):
        """Return the drawings that were confirmed for this order, in words."""
        # whoever may print the order may see what was confirmed
        drawings = doc.sudo().statement_ids.filtered(lambda s: s.kind == "drawing")
        names = drawings[:1].evidence_ids.mapped("name")
        return ", ".join(filter(None, [drawings[:1].text, *names]))

    def _get_requirements_head(self, doc):
        """Return label and value of what the workshop has to mind."""
        facts = [
            (self.env._("Packing"), doc.packing_requirements or ""),
            (self.env._("Special Requirements"), doc.special_requirements or ""),
        ]
        if deviation := self._spell_deviation(doc):
            facts.append((self.env._("Allowed Deviation"), deviation))
        return facts

    def _spell_deviation(self, doc):
        """Return in words how much more or less than ordered is tolerated (P28 10)."""
        order = doc.sudo()  # whoever may print the order may see how much of it to make
        spell = self.env["res.lang"]._spell_number
        said = {}
        for product in order.order_line.product_id:
            tolerance = product._get_shipping_tolerance(order)
            signs = zip("+−", tolerance, strict=True)
            words = ", ".join(
                f"{sign}{spell(percent, 2)} %" for sign, percent in signs if percent
            )
            said.setdefault(words, []).append(product.default_code or product.name)
        if len(said) == 1:
            return next(iter(said))
        return "; ".join(
            f"{', '.join(names)}: {words}" for words, names in said.items() if words
        )
