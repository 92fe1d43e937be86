from odoo import api, models

from ...tools.paper_blocks import Column


class OrderPaper(models.AbstractModel):
    """What papers of a delivery tell of receiver and transport. [SHP-3]"""

    _inherit = "order.paper"

    # whether its form says if sale prices stand on it
    _offers_prices = False

    @api.model
    def _get_receiver(self, delivery):
        """Return label and value of who gets the goods, and where."""
        receiver = delivery.partner_id or delivery.sale_id.partner_shipping_id
        address = receiver._display_address(without_company=True)
        lines = [line.strip() for line in address.splitlines() if line.strip()]
        return [
            (self.env._("Receiver"), receiver.name or receiver.parent_id.name or ""),
            (self.env._("Phone"), receiver.phone or ""),
            (self.env._("Address"), " ".join(lines)),
        ]

    # -- goods -------------------------------------------------------------------------

    @api.model
    def _get_delivery_columns(self, delivery):
        """Return ``{name: column}`` of what papers tell of goods on their way."""
        return {
            **self._get_goods_columns(delivery.sale_id),
            "sent": Column(self.env._("Sent Quantity"), 0, "end"),
            "owed": Column(self.env._("Owed"), 0, "end"),
        }

    @api.model
    def _get_delivery_cell(self, name, number, part):
        """Return what stands in one column for one of the goods of a delivery."""
        spell = part.unit._spell_quantity
        # of a kit its components are sent, which the order does not specify
        own = part.line and part.line.product_id == part.product
        cells = {
            "number": lambda: number,
            "code": lambda: part.product.default_code or "",
            "product": lambda: part.product.name,
            "specification": lambda: (
                (part.line if own else part.product).specification or ""
            ),
            "ordered": lambda: spell(part.ordered) if part.ordered else "",
            "sent": lambda: spell(part.sent),
            "owed": lambda: spell(part.owed),
            "unit": lambda: part.unit.name,
        }
        return cells[name]()
