from odoo import api, fields, models
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
            fill_reference_keys(self.env.cr)
        return result

    def _compute_is_imported(self):
        # follows from nothing on the order: how it came is known only when it is made
        self.is_imported = bool(self.env.context.get("import_file"))

    @api.depends("client_order_ref")
    def _compute_client_order_ref_key(self):
        for order in self:
            order.client_order_ref_key = reference_key(order.client_order_ref) or False


def fill_reference_keys(cr):
    """Compare orders from before, too. Nothing of them is written: an order that nobody
    touched keeps its date of change."""
    cr.execute(
        "SELECT DISTINCT client_order_ref FROM sale_order "
        "WHERE client_order_ref IS NOT NULL"
    )
    keys = {ref: reference_key(ref) for (ref,) in cr.fetchall()}
    cr.execute(
        """
        UPDATE sale_order o SET client_order_ref_key = known.key
          FROM unnest(%s::text[], %s::text[]) AS known (ref, key)
         WHERE o.client_order_ref = known.ref AND known.key != ''
        """,
        (list(keys), list(keys.values())),
    )
