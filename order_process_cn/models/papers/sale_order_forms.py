from odoo import models
from odoo.tools.misc import formatLang

from ...tools.amount_cn import amount_in_capitals


class SaleOrder(models.Model):
    """What the forms of a sales order print: F01, F05, F23."""

    _inherit = "sale.order"

    def _get_form_document(self):
        return self.name

    def _is_form_urgent(self):
        return self.is_urgent

    def _get_form_watermark(self):
        return self._get_review_watermark()

    def _compose_paper(self, template, title, **context):
        """Return the action that opens the message which sends a paper.

        :param template: external id of the template of the message
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "name": title,
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": self.env.ref(template).id,
                "default_composition_mode": "comment",
                "default_email_layout_xmlid": "mail.mail_notification_light",
                "force_email": True,
                **context,
            },
        }

    def _get_form_lines(self):
        """Return the lines that stand on paper: no sections, notes, down payments."""
        self.ensure_one()
        return self.order_line.filtered(
            lambda line: not line.display_type and not line.is_downpayment
        )

    def _name_unit_price(self):
        """Return the head of the column of unit prices: with or without taxes."""
        self.ensure_one()
        taxes = self.order_line.tax_ids.flatten_taxes_hierarchy()
        if not taxes:
            return self.env._("Unit Price")
        if all(tax.price_include for tax in taxes):
            return self.env._("Unit Price with Taxes")
        return self.env._("Unit Price without Taxes")

    def _name_taxes(self):
        """Return the words for the taxes of one order, with their rates."""
        self.ensure_one()
        taxes = self.order_line.tax_ids.flatten_taxes_hierarchy()
        rates = {tax.amount for tax in taxes if tax.amount_type == "percent"}
        if not rates:
            return self.env._("Taxes")
        spell = self.env["res.lang"]._spell_number
        told = ", ".join(f"{spell(rate, 2)} %" for rate in sorted(rates))
        return self.env._("Taxes (%s)", told)

    def _spell_price(self, price):
        """Return a unit price with the digits of prices."""
        return formatLang(self.env, price, dp="Product Price")

    def _spell_amount(self, amount):
        """Return an amount in Chinese capitals where the order is in yuan."""
        if self.currency_id.name != "CNY":
            return ""
        return amount_in_capitals(amount)

    def _get_customer_head(self):
        """Return label and value of what identifies customer and order on paper."""
        self.ensure_one()
        order = self.sudo()  # the customer prints his own contact in the portal
        customer = self.partner_id.commercial_partner_id
        return [
            (self.env._("Customer"), customer.name),
            (self.env._("Customer Code"), customer.ref or ""),
            (self.env._("Contact"), order.printed_contact or ""),
            (self.env._("Phone"), order.printed_phone or ""),
            (
                self.env._("Delivery Address"),
                self._spell_address(self.partner_shipping_id),
            ),
            (self.env._("Customer Order No."), self.client_order_ref or ""),
            (self.env._("Channel"), self.order_channel_id.name or ""),
            (self.env._("Order Date"), self._spell_date(self.date_order)),
            (self.env._("Wanted Date"), self._spell_date(self.wanted_date)),
            (self.env._("Promised Date"), self._spell_promised_date()),
        ]

    def _spell_address(self, partner):
        """Return the lines of an address that say something."""
        lines = partner._display_address(without_company=True).splitlines()
        return [line.strip() for line in lines if line.strip()]

    def _get_terms_head(self):
        """Return label and value of the terms on the order confirmation."""
        self.ensure_one()
        means = dict(
            self.order_type_id._fields["promised_means"]._description_selection(
                self.env
            )
        )
        conditions = "; ".join(words for _seat, words in self._get_review_conditions())
        terms = [
            *self._get_money_facts(),
            (self.env._("Packing"), self.packing_requirements or ""),
            (self.env._("Special Requirements"), self.special_requirements or ""),
            (
                self.env._("Conditions of Our Approval"),
                conditions or self.env._("none"),
            ),
            (
                self.env._("The Promised Date Means"),
                means.get(self.order_type_id.promised_means, ""),
            ),
        ]
        if self.order_type_id.requires_return:
            terms.append(
                (
                    self.env._("Signed Return"),
                    self.env._(
                        "Each day that this confirmation comes back later moves the "
                        "promised date by one day."
                    ),
                )
            )
        return terms

    def _get_instruction_head(self):
        """Return label and value of what identifies a production instruction."""
        self.ensure_one()
        _, customer = self.env._, self.partner_id.commercial_partner_id
        return [
            (self.env._("Customer Code"), customer.ref or customer.name),
            (self.env._("Order Type"), self.order_type_id.name or ""),
            (self.env._("Issued on"), self._spell_date(self.effective_on)),
            (
                self.env._("Goods Finished by"),
                self._spell_date(self.production_date or self.commitment_date),
            ),
            (self.env._("Shipped by"), self._spell_promised_date()),
            (self.env._("Drawing"), self._name_confirmed_drawing()),
        ]

    def _name_confirmed_drawing(self):
        """Return the drawings that were confirmed for this order, in words."""
        # whoever may print the order may see what was confirmed
        drawings = self.sudo().statement_ids.filtered(lambda s: s.kind == "drawing")
        names = drawings[:1].evidence_ids.mapped("name")
        return ", ".join(filter(None, [drawings[:1].text, *names]))

    def _get_requirements_head(self):
        """Return label and value of what the workshop has to mind."""
        self.ensure_one()
        return [
            (self.env._("Packing"), self.packing_requirements or ""),
            (self.env._("Special Requirements"), self.special_requirements or ""),
        ]

    def _get_promise_head(self):
        """Return label and value of the dates on the written confirmation."""
        self.ensure_one()
        return [
            (self.env._("Promised Date"), self._spell_promised_date()),
            (self.env._("Goods Finished by"), self._spell_date(self.production_date)),
        ]

    def _get_written_confirmations(self):
        """Return ``[(label, statement)]`` for F23; a statement may be empty."""
        self.ensure_one()
        # whoever may print the order may see who confirmed what
        statements = self.sudo().statement_ids
        kinds = dict(statements._fields["kind"]._description_selection(self.env))
        return [
            (kinds[kind], statements.filtered(lambda s, k=kind: s.kind == k)[:1])
            for kind in ("technical", "material")
        ]
