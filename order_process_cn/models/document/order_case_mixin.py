from odoo import api, fields, models

from ..intake.classification import get_order_type
from ..mechanism.engine import take_turns


class OrderCaseMixin(models.AbstractModel):
    """A document of ours about a sales order: the order's number, customer, people and
    type are its own, and so is where it counts."""

    _name = "order.case.mixin"
    _inherit = ["order.document.mixin"]
    _description = "Guarded Document about a Sales Order"
    _order = "id desc"
    _check_company_auto = True
    _given = frozenset({"order_id"})

    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    run = fields.Integer(string="No.", required=True, readonly=True, default=1)
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    partner_id = fields.Many2one(related="order_id.partner_id", store=True)
    user_id = fields.Many2one(related="order_id.user_id")
    is_urgent = fields.Boolean(related="order_id.is_urgent")

    _run_uniq = models.UniqueIndex(
        "(order_id, run)", "This document of the order exists already."
    )

    @api.model
    def _complete(self, vals_list):
        """Number them for each order, one maker at a time."""
        vals_list = super()._complete(vals_list)
        orders = [vals.get("order_id") for vals in vals_list]
        take_turns(self.env["sale.order"].browse({order for order in orders if order}))
        # all of them count, whoever may see them
        found = self.sudo()._read_group(
            [("order_id", "in", orders)], ["order_id"], ["run:max"]
        )
        last = {order.id: run for order, run in found}
        numbered = []
        for vals, order in zip(vals_list, orders, strict=True):
            last[order] = last.get(order, 0) + 1
            numbered.append({"run": last[order], **vals})
        return numbered

    @api.depends("order_id", "run")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # those who are asked need not see the order
        for document in self.sudo():
            document.display_name = document._spell_name(
                document.order_id.name or "", document.run
            )

    def _spell_name(self, order, run):
        """Return the name of one document: of the number of its order, and its own."""
        return self.env._(
            "%(document)s for %(order)s, no. %(run)s",
            document=self.env["ir.model"]._get(self._name).name,
            order=order,
            run=run,
        )

    # -- what a review asks about it ---------------------------------------------------

    def _get_review_type(self):
        return get_order_type(self.order_id)

    def _get_review_people(self):
        return self.order_id._get_review_people()

    def _get_review_summary(self):
        self.ensure_one()
        return {
            **super()._get_review_summary(),
            "partner_id": self.partner_id.id,
            "owner_id": self.user_id.id,
            "amount": self._get_review_amount(),
            "order_type_id": self._get_review_type().id,
            "is_urgent": self.is_urgent,
        }

    def _get_review_head(self):
        self.ensure_one()
        return [
            (self.env._("Sales Order"), self.order_id.name),
            (self.env._("Customer"), self.partner_id.display_name),
        ]

    def _get_limit_owner(self):
        return self.user_id

    def _is_form_urgent(self):
        return self.is_urgent
