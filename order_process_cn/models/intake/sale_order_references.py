from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.sql import column_exists, create_column

from ...tools.references import reference_key


class SaleOrder(models.Model):
    """Orders that were entered before: under the customer's number, however it is
    written, or with the same contents, as of a file imported twice [INT-4]."""

    _inherit = "sale.order"

    client_order_ref_key = fields.Char(
        string="Customer Reference, Compared",
        compute="_compute_client_order_ref_key",
        store=True,
        copy=False,
        index="btree_not_null",
        help="The customer's number without what may be written in several ways.",
        groups="base.group_user",
    )
    is_further_order = fields.Boolean(
        string="Further Order",
        copy=False,
        tracking=True,
        help="The customer ordered again under the same number, or the same once more: "
        "it is no duplicate.",
        groups="base.group_user",
    )

    is_imported = fields.Boolean(
        string="Imported",
        compute="_compute_is_imported",
        store=True,
        precompute=True,
        copy=False,
        help="It was entered by importing a file.",
        groups="base.group_user",
    )

    def _auto_init(self):
        is_new = not column_exists(self.env.cr, self._table, "client_order_ref_key")
        if is_new:
            create_column(self.env.cr, self._table, "client_order_ref_key", "varchar")
        result = super()._auto_init()
        if is_new:
            self._fill_reference_keys()
        return result

    @api.model
    def _fill_reference_keys(self):
        """Compare orders from before, too. Nothing of them is written: an order that
        nobody touched keeps its date of change."""
        self.env.cr.execute(
            "SELECT DISTINCT client_order_ref FROM sale_order "
            "WHERE client_order_ref IS NOT NULL"
        )
        keys = {ref: reference_key(ref) for (ref,) in self.env.cr.fetchall()}
        self.env.cr.execute(
            """
            UPDATE sale_order o SET client_order_ref_key = known.key
              FROM unnest(%s::text[], %s::text[]) AS known (ref, key)
             WHERE o.client_order_ref = known.ref AND known.key != ''
            """,
            (list(keys), list(keys.values())),
        )

    def _compute_is_imported(self):
        # follows from nothing on the order: how it came is known only when it is made
        self.is_imported = bool(self.env.context.get("import_file"))

    @api.depends("client_order_ref")
    def _compute_client_order_ref_key(self):
        for order in self:
            order.client_order_ref_key = reference_key(order.client_order_ref) or False

    def _find_same_reference(self):
        """Return ``{order: orders}``: of the same customer, under the same number."""
        referring = self.filtered("client_order_ref_key")
        keys = referring.mapped("client_order_ref_key")
        others = referring._search_twins(Domain("client_order_ref_key", "in", keys))
        return referring._pair(
            others, lambda order: (order.client_order_ref_key, order._get_customer())
        )

    def _find_same_contents(self, days):
        """Return ``{order: orders}``: imported like this one, for the same customer and
        day, with the same goods at the same price, and without any number. Whoever
        types the same once more means it; a file is imported twice by mistake.

        :param days: how long ago the other one may have been imported
        """
        silent = self.filtered(
            lambda o: o.is_imported and not o.client_order_ref_key and o.order_line
        )
        since = fields.Datetime.now() - timedelta(days=days)
        others = silent._search_twins(
            Domain("client_order_ref_key", "=", False)
            & Domain("is_imported", "=", True)
            & Domain("create_date", ">=", since)
            & Domain("wanted_date", "in", silent.mapped("wanted_date"))
        )
        return silent._pair(others, lambda order: order._get_contents())

    def _search_twins(self, domain):
        if not self:
            return self.browse()
        # which numbers were used is told to whoever enters an order, nothing else
        return self.sudo().search(
            domain
            & Domain("state", "!=", "cancel")
            & Domain("company_id", "in", self.company_id.ids)
            & Domain("partner_id", "child_of", self._get_customer().ids),
            limit=200,
        )

    def _pair(self, others, get_key):
        """Return ``{order: others}`` with the same key, never an order with itself."""
        by_key = others.grouped(lambda o: (o.company_id, get_key(o)))
        pairs = {}
        for order in self.sudo():  # compared only, see _search_twins
            twins = by_key.get((order.company_id, get_key(order)), others.browse())
            if twins := twins - order._origin:
                pairs[order.with_env(self.env)] = twins
        return pairs

    def _get_customer(self):
        return self.partner_id.commercial_partner_id

    def _get_contents(self):
        """Return what was ordered, comparable."""
        self.ensure_one()
        return (
            self._get_customer(),
            self.wanted_date,
            tuple(
                sorted(
                    (line.product_id.id, line.product_uom_qty, line.price_unit)
                    for line in self.order_line
                    if not line.display_type
                )
            ),
        )
