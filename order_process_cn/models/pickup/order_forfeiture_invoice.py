from odoo import api, models
from odoo.fields import Command


class OrderForfeiture(models.Model):
    """What was decided, as a line of an invoice."""

    _inherit = "order.forfeiture"

    @api.model
    def _find_invoiced_by(self, lines):
        """Return the forfeitures of the orders that these invoice lines bill."""
        ids = [
            command[1]
            for line in lines
            for command in line.get("sale_line_ids", [])
            if command[0] == Command.LINK
        ]
        # the invoice shows what was decided, whoever makes it
        return self.env["sale.order.line"].sudo().browse(ids).order_id.forfeiture_ids

    def _prepare_invoice_line(self, sequence):
        order = self.order_id
        company = order.company_id
        words = order.with_context(lang=order.partner_invoice_id.lang)
        values = {
            "name": words.env._("Forfeited deposit of %s", order.name),
            "sequence": sequence,
            "quantity": 1.0,
            "price_unit": self._get_price_before_taxes(
                self._get_uninvoiced(), company.order_forfeiture_tax_ids
            ),
            "tax_ids": [Command.set(company.order_forfeiture_tax_ids.ids)],
            "order_forfeiture_id": self.id,
        }
        if company.order_forfeiture_account_id:
            values["account_id"] = company.order_forfeiture_account_id.id
        return values

    def _get_price_before_taxes(self, amount, taxes):
        """Return the price with which a line costs ``amount`` in all: what is decided,
        and limited by law, includes the taxes."""
        if not taxes:
            return amount
        included = taxes.with_context(force_price_include=True)
        found = included.compute_all(amount, self.currency_id)
        price = found["total_excluded"]
        total = taxes.compute_all(price, self.currency_id)["total_included"]
        if self.currency_id.compare_amounts(total, amount):
            # a cent that no price in cents can hit
            price *= amount / total
        return amount if all(taxes.mapped("price_include")) else price
