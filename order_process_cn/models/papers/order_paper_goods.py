from odoo import api, models
from odoo.tools.misc import formatLang

from ...tools.paper_blocks import Column, Table


class OrderPaper(models.AbstractModel):
    """The goods of an order on paper: which columns there are and what stands in them.

    A paper names those it shows and how wide they are (:attr:`_goods`); nothing else is
    read, so that a paper of the workshop never asks for a price.
    """

    _inherit = "order.paper"

    # {name of a column: its width in percent}
    _goods = {}

    @api.model
    def _get_goods(self, order, before=(), after=()):
        """Return the table of what was ordered.

        :param before: rows above the goods
        :param after: rows below them
        """
        columns = self._get_goods_columns(order)
        shown = [
            columns[name]._replace(share=share) for name, share in self._goods.items()
        ]
        rows = [
            [self._get_goods_cell(name, number, line) for name in self._goods]
            for number, line in enumerate(self._get_goods_lines(order), start=1)
        ]
        return Table(shown, [*before, *rows, *after])

    @api.model
    def _get_goods_columns(self, order):
        """Return ``{name: column}`` of everything that a paper may tell of goods."""
        return {
            "number": Column(self.env._("Item"), 0, "center"),
            "code": Column(self.env._("Code"), 0),
            "model": Column(self.env._("Model"), 0),
            "product": Column(self.env._("Product"), 0),
            "full_product": Column(self.env._("Product"), 0),
            "specification": Column(self.env._("Specification"), 0),
            "quantity": Column(self.env._("Quantity"), 0, "end"),
            "ordered": Column(self.env._("Ordered"), 0, "end"),
            "finished": Column(self.env._("Finished"), 0, "end"),
            "delivered": Column(self.env._("Delivered"), 0, "end"),
            "unit": Column(self.env._("Unit"), 0, "center"),
            "price": Column(self._name_price(order), 0, "end"),
            "untaxed_price": Column(self.env._("Unit Price without Taxes"), 0, "end"),
            "amount": Column(self.env._("Amount with Taxes"), 0, "end"),
            "remarks": Column(self.env._("Remarks"), 0),
        }

    @api.model
    def _name_price(self, order):
        # asks for taxes, which not everybody may see
        return self._name_unit_price(order) if "price" in self._goods else ""

    @api.model
    def _get_goods_cell(self, name, number, line):
        """Return what stands in one column for one line of the order."""
        product, order = line.product_id, line.order_id
        spell = line.product_uom_id._spell_quantity
        cells = {
            "number": lambda: number,
            "code": lambda: product.default_code or "",
            "model": lambda: product.default_code or "",
            "product": lambda: product.name or line.name,
            "full_product": lambda: product.display_name or line.name,
            "specification": lambda: line.specification or "",
            "quantity": lambda: spell(line.product_uom_qty),
            "ordered": lambda: spell(line.product_uom_qty),
            "finished": lambda: spell(self._get_finished_quantity(line)),
            "delivered": lambda: spell(line.qty_delivered),
            "unit": lambda: line.product_uom_id.name or "",
            "price": lambda: self._spell_price(line.price_unit),
            "untaxed_price": lambda: self._spell_price(line.price_reduce_taxexcl),
            "amount": lambda: order._format_money(line.price_total),
            "remarks": lambda: "",
        }
        return cells[name]()

    @api.model
    def _get_goods_lines(self, order):
        """Return the lines that stand on paper: no sections, notes, down payments."""
        return order.order_line.filtered(
            lambda line: not line.display_type and not line.is_downpayment
        )

    @api.model
    def _get_finished_quantity(self, line):
        """Return how much of a line has left or lies ready for the customer."""
        moves = line.move_ids.filtered(
            lambda move: (
                move.state not in {"done", "cancel"}
                and move.location_dest_id.usage == "customer"
            )
        )
        ready = sum(
            move.product_uom._compute_quantity(move.quantity, line.product_uom_id)
            for move in moves
        )
        return line.qty_delivered + ready

    @api.model
    def _name_unit_price(self, order):
        """Return the head of the column of unit prices: with or without taxes."""
        taxes = order.order_line.tax_ids.flatten_taxes_hierarchy()
        if not taxes:
            return self.env._("Unit Price")
        if all(tax.price_include for tax in taxes):
            return self.env._("Unit Price with Taxes")
        return self.env._("Unit Price without Taxes")

    @api.model
    def _spell_price(self, price):
        """Return a unit price with the digits of prices."""
        return formatLang(self.env, price, dp="Product Price")
