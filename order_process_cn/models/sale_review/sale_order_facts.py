from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools.translate import code_translations

from . import sale_order_fact_table as table

# of a line: what decides whether it is looked at, what it adds to the total, and
# whether parts stand behind it
LINE_MARKS = [
    "display_type",
    "is_downpayment",
    "is_delivery",
    "price_total",
    "delivery_part_count",
]


class SaleOrder(models.Model):
    """What signatures on an order vouch for: its stored fields and those of its lines,
    and the content behind them that paper prints and goods follow."""

    _inherit = "sale.order"

    _fact_marks = ["payment_plan_id", "has_sheet_rows"]
    _fact_line_marks = LINE_MARKS
    _fact_content = "sale.order.content"
    # what is under review or was: others are numbered as in plain Odoo
    _reviewed_number_uniq = models.UniqueIndex(
        "(company_id, name) WHERE review_id IS NOT NULL",
        "Another reviewed order of this company has this number already.",
    )

    @api.constrains("name", "company_id")
    def _check_number(self):
        """The number stands on every paper and in every record of the review."""
        for order in self.filtered("review_id"):
            # the number of the document itself is no secret
            if order.name != order.sudo().review_id.document_name:
                raise ValidationError(
                    self.env._(
                        "%s was submitted under this number: it cannot be numbered "
                        "anew.",
                        order.sudo().review_id.document_name,  # as above
                    )
                )

    def _get_fact_fields(self):
        """Return ``{group: [field of the order, …]}``: what signatures vouch for.

        An addon that adds a stored field adds it here or in :meth:`_get_free_fields`.
        Reviews that run already know nothing of it; the next submission does.
        """
        return {group: [*names] for group, names in table.ORDER_FACTS.items()}

    def _get_line_fact_fields(self):
        """Return ``{group: [field of the order line, …]}``."""
        return {group: [*names] for group, names in table.LINE_FACTS.items()}

    @api.model
    def _get_free_fields(self):
        """Return ``{model: {stored field: why nobody has to vouch for it}}``."""
        return {
            "sale.order": dict(table.FREE_ORDER_FIELDS),
            "sale.order.line": dict(table.FREE_LINE_FIELDS),
        }

    @api.model
    def _get_first_schema(self):
        return table.FIRST_SCHEMA

    @api.model
    def _get_fact_lines_field(self):
        return "order_line"

    # -- reading -----------------------------------------------------------------------

    def _add_line_facts(self, found, groups, line_id, line):
        if line["display_type"]:
            groups = table.TEXT_FACTS
        super()._add_line_facts(found, groups, line_id, line)

    @api.model
    def _is_fact_line(self, line):
        """Whether signatures vouch for a line, from its stored values.

        Left out is only what core adds by itself afterwards and what promises nothing:
        the down payments it invoices, which have no quantity, their heading, and what
        a carrier charges at its real cost. A mark that somebody entered on another
        line hides nothing.
        """
        if line["is_downpayment"] and line["display_type"] == "line_section":
            return line["name"] not in get_down_payment_headings(self.env)
        if line["is_downpayment"]:
            return bool(line["product_uom_qty"] or line["price_total"])
        if line["is_delivery"]:
            return not line["is_real_cost"] or (line["price_total"] or 0.0) < 0.0
        return True

    # -- in words ----------------------------------------------------------------------

    def _get_price_fact_groups(self):
        # the deposit is a share of the total
        return super()._get_price_fact_groups() | {"terms"}

    def _name_fact_line(self, line_id):
        line = self.order_line.filtered(lambda line: line.id == line_id)
        line = line or line.browse(line_id).exists()  # of another order, or no more
        # the form shows them all
        product = line.product_id.with_prefetch(self.order_line.product_id.ids)
        return product.display_name or line.name or super()._name_fact_line(line_id)


def get_down_payment_headings(env):
    """Return the heading of core's down payments, in every language."""
    return {"Down Payments"} | {
        code_translations.get_python_translations("sale", code).get(
            "Down Payments", "Down Payments"
        )
        for code, _name in env["res.lang"].get_installed()
    }
