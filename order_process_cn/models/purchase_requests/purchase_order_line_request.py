from odoo import api, fields, models
from odoo.exceptions import UserError

from ..given.entered import check_kept
from .order_purchase_request import RELEASED

# whether it has grown is noted by whoever has it grow
KEPT = frozenset({"order_has_grown"})


class PurchaseOrderLine(models.Model):
    """The gate on purchases (MFG-3): where the company asks for it, what is ordered was
    requested, and no more of it; on every road."""

    _inherit = "purchase.order.line"

    order_request_line_id = fields.Many2one(
        "order.purchase.request.line",
        string="Purchase Request",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('product_id', '=', product_id), ('state', '=', 'released')]",
        groups="base.group_user",
    )
    # what was asked of vendors before the company asked for requests stays as it is,
    # but does not grow
    order_has_grown = fields.Boolean(
        string="Grown since", copy=False, readonly=True, groups="base.group_user"
    )

    @api.model_create_multi
    def create(self, vals_list):
        check_kept(self, vals_list, KEPT)
        return super().create(vals_list)

    def write(self, vals):
        check_kept(self, [vals], KEPT)
        growing = self.browse()
        if "product_qty" in vals or "product_uom_id" in vals or "product_id" in vals:
            if self.env["res.company"]._get_purchase_gates():
                # how much it was is no secret to whoever writes it
                growing = self.sudo()._filtered_from_before()
        before = {line: (line.product_id, line.product_uom_qty) for line in growing}
        result = super().write(vals)
        for line, (product, quantity) in before.items():
            if line.product_id != product or line.product_uom_qty > quantity:
                line.order_has_grown = True
        growing._check_requested()
        return result

    @api.constrains(
        "product_id",
        "product_qty",
        "product_uom_id",
        "order_id",
        "order_request_line_id",
    )
    def _check_request(self):
        self._check_requested()

    def _filtered_from_before(self):
        """Return those that were there before their company asked for requests."""
        gates = self.env["res.company"]._get_purchase_gates()
        return self.filtered(
            lambda line: (
                line.company_id.id in gates
                and line.create_date < gates[line.company_id.id][1]
            )
        )

    def _filtered_asking(self):
        """Return, as superuser, those that have to be requested before they are
        ordered. No company asks: no query."""
        gates = self.env["res.company"]._get_purchase_gates()
        if not gates:
            return self.browse()
        lines = self.sudo()  # a gate asks the same of everybody
        lines = lines.filtered(
            lambda line: (
                not line.display_type
                and line.company_id.id in gates
                and (
                    gates[line.company_id.id][0] == "all" or line.product_id.is_storable
                )
                and line.product_uom_id.compare(line.product_qty, 0) > 0
            )
        )
        early = lines._filtered_from_before()
        return lines - early.filtered(lambda line: not line.order_has_grown)

    def _check_requested(self):
        """Refuse what is ordered without, or beyond, what was released.

        :raise UserError: everything that is missing, all at once
        """
        asking = self._filtered_asking().filtered(
            lambda line: line.order_id.state == "purchase"
        )
        problems = [p for line in asking for p in line._find_request_problems()]
        if problems:
            raise UserError(
                "\n".join(
                    [
                        self.env._(
                            "What is ordered has to be requested and released first. "
                            "Production enters it in a purchase request; choose that "
                            "on the line of the purchase:"
                        ),
                        *dict.fromkeys(problems),
                    ]
                )
            )

    def _find_request_problems(self):
        """Return in words why one line may not be ordered."""
        wanted, product = self.order_request_line_id, self.product_id
        name = f"- {self.order_id.name}, {product.display_name}"
        if not wanted:
            return [self.env._("%s: not requested", name)]
        request = wanted.request_id
        if wanted.product_id != product:
            return [
                self.env._(
                    "%(line)s: %(request)s asks for something else",
                    line=name,
                    request=request.name,
                )
            ]
        if request.state != RELEASED or request in request._find_review_gaps():
            return [
                self.env._(
                    "%(line)s: %(request)s is not released",
                    line=name,
                    request=request.name,
                )
            ]
        unit = wanted.product_uom_id
        if unit.compare(wanted.quantity_ordered, wanted.quantity) > 0:
            return [
                self.env._(
                    "%(line)s: %(ordered)s ordered, %(request)s is about %(asked)s",
                    line=name,
                    ordered=unit._spell_with_unit(wanted.quantity_ordered),
                    request=request.name,
                    asked=unit._spell_with_unit(wanted.quantity),
                )
            ]
        return []
