from odoo import api, models
from odoo.tools import SQL

from ...tools.facts import spell

PARTNERS = {
    "partner_id": "name",
    "partner_invoice_id": "address",
    "partner_shipping_id": "address",
}
# one statement for everything behind the relations of these orders and lines
CONTENT = """
    SELECT 'partner', p.id, 0, json_build_array(
               c.name, p.name, c.vat, p.street, p.street2, p.zip, p.city,
               s.code, k.code)
      FROM res_partner p
 LEFT JOIN res_partner c ON c.id = p.commercial_partner_id
 LEFT JOIN res_country_state s ON s.id = p.state_id
 LEFT JOIN res_country k ON k.id = p.country_id
     WHERE p.id = ANY (%(partners)s)
 UNION ALL
    SELECT 'term', t.id, 0, json_build_array(
               t.early_discount, t.discount_percentage, t.discount_days,
               json_agg(json_build_array(l.value, l.value_amount, l.delay_type,
                        l.nb_days, l.days_next_month) ORDER BY l.id))
      FROM account_payment_term t
 LEFT JOIN account_payment_term_line l ON l.payment_id = t.id
     WHERE t.id = ANY (%(terms)s)
  GROUP BY t.id
 UNION ALL
    SELECT 'product', p.id, o.id, json_build_array(
               p.default_code, COALESCE(t.name ->> w.lang, t.name ->> 'en_US'),
               t.type = 'service' AND EXISTS (
                   SELECT FROM delivery_carrier d
                    WHERE d.product_id = p.id AND d.invoice_policy = 'real'))
      FROM unnest(%(products)s::int[], %(companies)s::int[]) AS pair (product, company)
      JOIN product_product p ON p.id = pair.product
      JOIN product_template t ON t.id = p.product_tmpl_id
      JOIN res_company o ON o.id = pair.company
      JOIN res_partner w ON w.id = o.partner_id
 UNION ALL
    SELECT 'unit', u.id, o.id, json_build_array(
               COALESCE(u.name ->> w.lang, u.name ->> 'en_US'), u.factor)
      FROM unnest(%(units)s::int[], %(unit_companies)s::int[]) AS pair (unit, company)
      JOIN uom_uom u ON u.id = pair.unit
      JOIN res_company o ON o.id = pair.company
      JOIN res_partner w ON w.id = o.partner_id
"""
BEHIND = {
    "res.partner": [
        "name",
        "vat",
        "street",
        "street2",
        "zip",
        "city",
        "state_id",
        "country_id",
        "commercial_partner_id",
    ],
    "account.payment.term": ["early_discount", "discount_percentage", "discount_days"],
    "account.payment.term.line": [
        "payment_id",
        "value",
        "value_amount",
        "delay_type",
        "nb_days",
        "days_next_month",
    ],
    "product.template": ["name", "type"],
    "product.product": ["default_code"],
    "delivery.carrier": ["product_id", "invoice_policy"],
    "uom.uom": ["name", "factor"],
    "res.company": ["partner_id"],
}


class SaleOrderContent(models.AbstractModel):
    """Reads the content behind the relations of an order: a contact who moves, payment
    terms that become longer, a product that gets another name and a dozen that becomes
    ten change what is printed, how much is made and where goods go, though the order
    still points to the same record.

    Read as the engine reads facts: no rule is applied.
    """

    _name = "sale.order.content"
    _description = "Reader of the Content behind an Order"

    @api.model
    def _read(self, rows, lines):
        """Return ``{order id: {name: text, "lines": {line id: {name: text}}}}``.

        :param rows: ``{order id: stored values}``
        :param lines: ``{order id: {line id: stored values}}``
        """
        found = self._select(rows, lines)
        content = {}
        for order_id, row in rows.items():
            told = {
                f"{name}.{what}": self._spell_contact(
                    found.get(("partner", row[name], 0)), what
                )
                for name, what in PARTNERS.items()
            }
            term = found.get(("term", row["payment_term_id"], 0))
            told["payment_term_id.lines"] = self._spell_term(term)
            told["lines"] = {
                line_id: self._describe_product(
                    found.get(("product", line["product_id"], row["company_id"]))
                )
                | self._describe_unit(
                    found.get(("unit", line["product_uom_id"], row["company_id"]))
                )
                for line_id, line in lines[order_id].items()
            }
            content[order_id] = told
        return content

    @api.model
    def _select(self, rows, lines):
        partners = {row[name] for row in rows.values() for name in PARTNERS}
        pairs = self._pair_with_company("product_id", rows, lines)
        units = self._pair_with_company("product_uom_id", rows, lines)
        for model, names in BEHIND.items():
            self.env[model].flush_model(names)
        return {
            tuple(key): values
            for *key, values in self.env.execute_query(
                SQL(
                    CONTENT,
                    partners=self._numbers(partners),
                    terms=self._numbers(
                        row["payment_term_id"] for row in rows.values()
                    ),
                    products=[product for product, _company in sorted(pairs)],
                    companies=[company for _product, company in sorted(pairs)],
                    units=[unit for unit, _company in sorted(units)],
                    unit_companies=[company for _unit, company in sorted(units)],
                )
            )
        }

    @api.model
    def _pair_with_company(self, name, rows, lines):
        """Return ``{(id in field name of a line, id of the company), …}``: what is
        printed is in the language of the company."""
        return {
            (line[name], row["company_id"])
            for order_id, row in rows.items()
            for line in lines[order_id].values()
            # a line that is being entered may point to what is not saved yet
            if isinstance(line[name], int) and line[name]
        }

    @api.model
    def _numbers(self, ids):
        # an order that is being entered may have no customer, or one not saved yet
        return sorted({record_id for record_id in ids if isinstance(record_id, int)})

    @api.model
    def _spell_contact(self, values, what):
        if not values:
            return ""
        company, name, vat, *address = values
        names = [company, name if name != company else "", vat]
        return ", ".join(
            part for part in names + (address if what == "address" else []) if part
        )

    @api.model
    def _spell_term(self, values):
        """Return what a payment term says, however it is called."""
        if not values:
            return ""
        early, percent, days, lines = values
        told = [
            f"{value} {spell(amount or 0)} {delay or ''} {days_ or 0} {next_ or 0}"
            for value, amount, delay, days_, next_ in lines
            if value
        ]
        if early:
            told.append(f"discount {spell(percent or 0)} {days or 0}")
        return "; ".join(told)

    @api.model
    def _describe_product(self, values):
        code, name, is_real_cost = values or ("", "", False)
        told = " ".join(part for part in (f"[{code}]" if code else "", name) if part)
        return {"product_id.name": told, "is_real_cost": is_real_cost}

    @api.model
    def _describe_unit(self, values):
        """Return how a unit is called and how much it holds."""
        name, factor = values or ("", 0)
        told = f"{name} ({spell(factor)})" if values else ""
        return {"product_uom_id.measure": told}
