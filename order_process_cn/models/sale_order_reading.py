from odoo import models
from odoo.tools import SQL

# what a form shows of an order, and the orders that have some of it: asked as simply
# as it can be, because planning the question takes longer than answering it
DETAILS = [
    ("statement", "SELECT order_id FROM order_statement WHERE order_id = ANY (%s)"),
    ("forfeiture", "SELECT order_id FROM order_forfeiture WHERE order_id = ANY (%s)"),
    ("member", "SELECT order_id FROM order_urgent_member WHERE order_id = ANY (%s)"),
    (
        "launched",
        "SELECT sale_id FROM stock_reference_sale_rel WHERE sale_id = ANY (%s)",
    ),
    (
        "quotation",
        "SELECT id FROM sale_order WHERE quoted_facts IS NOT NULL AND id = ANY (%s)",
    ),
    (
        "receipt",
        "SELECT sale_order_id FROM account_payment WHERE sale_order_id = ANY (%s)",
    ),
    (
        "receipt",
        "SELECT sale_order_id FROM sale_order_transaction_rel "
        "WHERE sale_order_id = ANY (%s)",
    ),
    (
        "receipt",
        "SELECT l.order_id FROM sale_order_line l JOIN sale_order_line_invoice_rel r "
        "ON r.order_line_id = l.id WHERE l.order_id = ANY (%s)",
    ),
]
DEBTORS = """
    SELECT id FROM unnest(%s::int[]) AS id WHERE EXISTS (
        SELECT FROM account_move_line
         WHERE partner_id = id AND NOT reconciled
           AND parent_state = 'posted' AND amount_residual <> 0)"""
# what the form reads of a detail, and how it looks without one
ABSENT = {
    "statement": {"statement_ids": ()},
    "forfeiture": {"forfeiture_ids": ()},
    "member": {"urgent_member_ids": ()},
    "launched": {"order_measure_ids": ()},
    "quotation": {"quotation_differences": False},
    "receipt": {"deposit_received": 0.0},
    "debt": {
        "credit_limit": 0.0,
        "credit_used": 0.0,
        "credit_overdue": 0.0,
        "has_overdue": False,
        "is_over_credit": False,
    },
}


class SaleOrder(models.Model):
    """How a form is read: what an order certainly has not is not asked for.

    A dozen small features would each cost a query on every form, most of them to learn
    that there is nothing. An order outside of every procedure has none of it and costs
    what it costs in plain Odoo; for the others one statement says what there is.
    """

    _inherit = "sale.order"

    def _fill_in_absent(self, names):
        """Put into the cache what is absent, of the fields in ``names``."""
        if not names & {name for fields in ABSENT.values() for name in fields}:
            return
        saved = self.filtered("id")  # of a new order nothing is stored
        outside = saved.filtered(lambda order: order._is_outside_procedures())
        for order, present in (saved - outside)._find_details().items():
            order._fill_in(ABSENT.keys() - present, names)
        for order in outside:
            order._fill_in(ABSENT.keys(), names)

    def _is_outside_procedures(self):
        """Whether this is a quotation that no procedure applies to. Costs no query."""
        self.ensure_one()
        return self.state == "draft" and not (
            self.needs_review
            or self.order_type_id
            or self.deposit_rule_id
            or self.is_urgent
            or self.confirmation_requested
        )

    def _find_details(self):
        """Return ``{order: names of the details it has}``, with one query."""
        if not self:
            return {}
        self.flush_recordset(["quoted_facts"])
        # the procedure asks whether a customer owes us anything, whoever looks
        debtors = {o: o.sudo().partner_invoice_id.commercial_partner_id for o in self}
        questions = [("debt", DEBTORS, [debtor.id for debtor in debtors.values()])]
        questions += [(detail, question, self.ids) for detail, question in DETAILS]
        [answers] = self.env.execute_query(
            SQL(
                "SELECT %s",
                SQL(", ").join(
                    SQL("ARRAY(%s)", SQL(question, ids))
                    for _detail, question, ids in questions
                ),
            )
        )
        return {
            order: {
                detail
                for (detail, _question, _ids), found in zip(
                    questions, answers, strict=True
                )
                if (debtors[order] if detail == "debt" else order).id in found
            }
            for order in self
        }

    def _fill_in(self, absent, names):
        self.ensure_one()
        values = {}
        for detail in absent:
            values |= ABSENT[detail]
        if self.company_id.account_use_credit_limit:
            # then what the customer may still order is shown without any debt
            for name in ABSENT["debt"]:
                values.pop(name, None)
        if {"receipt", "forfeiture"} <= absent:
            # put only where the reader may see it, as everything below
            values["balance_due"] = self.sudo()._get_agreed_total()
        for name in values.keys() & names:
            field = self._fields[name]
            if not self.env.su and not self._has_field_access(field, "read"):
                continue
            if any(True for _id in field._cache_missing_ids(self)):
                field._insert_cache(self, [values[name]])

    def _fill_in_stock_lines(self):
        """The lines are read once already, under their own name. All of them: an
        onchange speaks of whatever the field holds."""
        field = self._fields["stock_line_ids"]
        for order in self.filtered("id"):
            lines = order.order_line.filtered(lambda line: not line.display_type)
            field._insert_cache(order, [lines._ids])
