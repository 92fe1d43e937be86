from odoo import api, fields, models

from .standing import spell_standings


class OrderStandingMixin(models.AbstractModel):
    """A sales order, or a document made for some: where they are, whose move it is and
    since when, in the same words wherever one meets them. [ANA-4]"""

    _name = "order.standing.mixin"
    _description = "Where Its Order Is"

    # the ways from the document to its sales orders; none: it is one itself
    _standing_paths = ()

    order_standing = fields.Char(
        string="Where the Order Is",
        compute="_compute_order_standing",
        # whoever makes, buys or sends something need not read orders to be told; no
        # price and no amount is said
        compute_sudo=True,
        groups="base.group_user",
        help="The step, whose move it is, and since when.",
    )

    @api.depends_context("lang")
    def _compute_order_standing(self):
        orders_of = self._get_standing_orders()
        every = self.env["sale.order"].union(*orders_of.values())
        standings = spell_standings(every)
        for document in self:
            told = [order for order in orders_of[document] if order in standings]
            # with several, each is called by its number
            document.order_standing = "; ".join(
                standings[order]
                if len(told) == 1
                else f"{order.name}: {standings[order]}"
                for order in told
            )

    def _get_standing_orders(self):
        """Return ``{document: sales orders of its company}``."""
        orders = self.env["sale.order"]
        return {
            document: orders.union(
                *(document.mapped(path) for path in self._standing_paths)
            ).filtered(lambda o, d=document: o.company_id == d.company_id)
            if self._standing_paths
            else document
            for document in self
        }

    def _spell_standing_for_customer(self):
        """Return the same words for the page of the customer of one order: whether it
        is his move or ours, without names of people. Called as superuser."""
        self.ensure_one()
        return spell_standings(self, for_customer=True).get(self, "")
