from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.facts import spell
from .content_texts import ALONG, CONTENT, PARTNERS, REAL_COST

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
    "order.delivery.part": [
        "order_line_id",
        "quantity",
        "wanted_date",
        "promised_date",
        "slipped_from",
        "slipped_to",
    ],
    "order.payment.step": [
        "order_id",
        "sequence",
        "kind",
        "name",
        "method",
        "percent",
        "fixed_amount",
        "opens",
        "due_on",
        "due_days",
    ],
    "order.configuration.row": [
        "order_line_id",
        "sequence",
        "name",
        "value",
        "remark",
    ],
    "order.sample": [
        "order_id",
        "sequence",
        "name",
        "quantity",
        "configuration",
        "remark",
    ],
    "order.accessory": [
        "order_id",
        "sequence",
        "name",
        "quantity",
        "product_uom_id",
        "packing_way",
        "remark",
    ],
}
# of the order itself: {fact: how the rows behind it are called above}
ROWS = {
    "payment_step_ids.terms": "step",
    "sample_ids.list": "sample",
    "accessory_ids.list": "accessory",
}


class SaleOrderContent(models.AbstractModel):
    """Reads the content behind the relations of an order: a contact who moves, payment
    terms that become longer, a product that gets another name and a dozen that becomes
    ten change what is printed, how much is made and where goods go, though the order
    still points to the same record.

    Read as the engine reads facts: no rule is applied.
    """

    _name = "sale.order.content"
    _inherit = "order.fact.content"
    _description = "Reader of the Content behind an Order"

    @api.model
    def _get_along(self):
        self._flush_behind()
        return ALONG

    @api.model
    def _get_known(self, read):
        known = {}
        for row, lines, (partners, term, *_more) in read:
            known["term", row["payment_term_id"]] = term
            for number, partner in (partners or {}).items():
                known["partner", int(number)] = partner
            for line, (product, unit) in lines:
                known["product", line["product_id"]] = product
                known["unit", line["product_uom_id"]] = unit
        return known

    @api.model
    def _read(self, rows, lines, known=None):
        found, content = self._select(rows, lines, known or {}), {}
        for order_id, row in rows.items():
            # what is printed is in the language of the company
            lang = self.env["res.company"]._get_language(row["company_id"])
            told = {
                f"{name}.{what}": self._spell_contact(
                    found.get(("partner", row[name])), what
                )
                for name, what in PARTNERS.items()
            }
            term = found.get(("term", row["payment_term_id"]))
            told["payment_term_id.lines"] = self._spell_term(term)
            for fact, kind in ROWS.items():
                told[fact] = self._spell_rows(found.get((kind, order_id)), lang)
            told["lines"] = {
                line_id: self._describe_product(
                    found.get(("product", line["product_id"])), lang
                )
                | self._describe_unit(found.get(("unit", line["product_uom_id"])), lang)
                | self._describe_schedule(found.get(("part", line_id)))
                | {
                    "configuration_row_ids.sheet": self._spell_rows(
                        found.get(("configuration", line_id)), lang
                    )
                }
                for line_id, line in lines[order_id].items()
            }
            told["amount_total"] = (row["amount_total"] or 0.0) - sum(
                line["price_total"] or 0.0
                for line_id, line in lines[order_id].items()
                if not self.env["sale.order"]._is_fact_line(
                    {**line, **told["lines"][line_id]}
                )
            )
            content[order_id] = told
        return content

    @api.model
    def _flush_behind(self):
        waiting = {
            field.model_name
            for field in (*self.env._field_dirty, *self.env.transaction.tocompute)
        }
        for model in waiting & BEHIND.keys():
            self.env[model].flush_model(BEHIND[model])

    @api.model
    def _select(self, rows, lines, known):
        every = [line for own in lines.values() for line in own.values()]
        sheets = [order_id for order_id, row in rows.items() if row["has_sheet_rows"]]
        wanted = {
            "partner": (row[name] for row in rows.values() for name in PARTNERS),
            "term": (row["payment_term_id"] for row in rows.values()),
            "product": (line["product_id"] for line in every),
            "unit": (line["product_uom_id"] for line in every),
            "part": (
                line_id
                for own in lines.values()
                for line_id, line in own.items()
                if line["delivery_part_count"]
            ),
            "step": (
                order_id for order_id, row in rows.items() if row["payment_plan_id"]
            ),
            "configuration": (
                line_id for order_id in sheets for line_id in lines[order_id]
            ),
            "sample": sheets,
            "accessory": sheets,
        }
        delivers = any(line["is_delivery"] for line in every)
        real_cost = SQL(REAL_COST if delivers else "false")
        if delivers:
            known = {key: told for key, told in known.items() if key[0] != "product"}
        asked = {
            kind: [id_ for id_ in self._numbers(ids) if (kind, id_) not in known]
            for kind, ids in wanted.items()
        }
        parts = [
            SQL(CONTENT[kind], ids=ids, is_real_cost=real_cost)
            for kind, ids in asked.items()
            if ids
        ]
        if not parts:
            return known
        self._flush_behind()
        rows = self.env.execute_query(SQL(" UNION ALL ").join(parts))
        return known | {(kind, row_id): values for kind, row_id, values in rows}

    @api.model
    def _numbers(self, ids):
        # an order that is being entered may have no customer, or one not saved yet
        return sorted({one for one in ids if one and isinstance(one, int)})

    @api.model
    def _spell_contact(self, values, what):
        if not values:
            return ""
        commercial, name, *address = values
        company, vat = commercial or ("", "")
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
            for value, amount, delay, days_, next_ in lines or ()
            if value
        ]
        if early:
            told.append(f"discount {spell(percent or 0)} {days or 0}")
        return "; ".join(told)

    @api.model
    def _spell_rows(self, rows, lang):
        """Return the rows of one kind: in which steps an order is paid and what each of
        them opens, how a line is configured …"""
        return "; ".join(
            " ".join(
                spell(value)
                if isinstance(value, int | float)
                else self._in_language(value, lang)
                for value in row
                if value
            )
            for row in rows or ()
        )

    @api.model
    def _in_language(self, text, lang):
        """Return the text of a translated column as core reads it: in ``lang``, else in
        English; what is no such text as it is."""
        if not isinstance(text, dict):
            return text
        return text.get(lang, text.get("en_US"))

    @api.model
    def _describe_product(self, values, lang):
        code, name, is_real_cost = values or ("", "", False)
        name = self._in_language(name, lang)
        told = " ".join(part for part in (f"[{code}]" if code else "", name) if part)
        return {"product_id.name": told, "is_real_cost": is_real_cost}

    @api.model
    def _describe_schedule(self, parts):
        """Return in which parts a line is delivered, and when."""
        told = sorted(
            f"{promised or '-'} ({wanted or '-'}): {spell(quantity or 0)}"
            for quantity, wanted, promised in parts or ()
        )
        return {"delivery_part_ids.schedule": "; ".join(told)}

    @api.model
    def _describe_unit(self, values, lang):
        """Return how a unit is called and how much it holds."""
        name, factor = values or ("", 0)
        told = f"{self._in_language(name, lang)} ({spell(factor)})" if values else ""
        return {"product_uom_id.measure": told}


def get_domain_naming(partners):
    """Return the domain of the orders that name one of these contacts, or a contact of
    one of these companies."""
    return Domain.OR(
        Domain(name, "in", partners.ids)
        | Domain(f"{name}.commercial_partner_id", "in", partners.ids)
        for name in PARTNERS
    )
