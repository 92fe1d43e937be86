from odoo import api, fields, models

from ..progress.acceptance import accept_order
from .order_delivery_receipt_line import Counted

ACCEPTED, REFUSED = "accepted", "refused"


class OrderDeliveryReceipt(models.Model):
    """客户验收: a receipt on which the customer also says whether what he received is
    as it was ordered. [000 P03 6]

    The last word counts for each delivery; an order is accepted when all that left for
    it is. What he refuses is somebody's task, and a case where cases are used.
    """

    _inherit = "order.delivery.receipt"

    goods_verdict = fields.Selection(
        [(ACCEPTED, "Accepted"), (REFUSED, "Refused")],
        string="The Customer Has",
        readonly=True,
        help="Empty: he only said what he has received.",
    )

    @api.model
    def _record(self, picking, medium, received_by, counted=None, **values):
        if values.get("goods_verdict") and counted is None:
            counted = self._read_last_counts(picking)
        return super()._record(picking, medium, received_by, counted, **values)

    @api.model
    def _read_last_counts(self, picking):
        """Return what was counted of one delivery when it was received, if it was."""
        last = picking.receipt_ids.sorted("id")[-1:]
        return {
            (line.order_line_id.id, line.product_id.id): Counted(
                line.received_qty, line.condition, line.reason or ""
            )
            for line in last.line_ids
        } or None

    @api.model
    def _find_problems(self, picking, received_by, values):
        problems = super()._find_problems(picking, received_by, values)
        verdict = values.get("goods_verdict")
        if not verdict:
            return problems
        if not picking.sale_id.needs_acceptance:
            problems.append(
                self.env._("%s: the customer is not asked to accept", picking.name)
            )
        if verdict == REFUSED:
            if not (values.get("note") or "").strip():
                problems.append(self.env._("say what is wrong with the goods"))
            if find_acceptance(picking) == ACCEPTED:
                problems.append(
                    self.env._(
                        "%s was accepted: what is wrong later is a service case",
                        picking.name,
                    )
                )
        return problems

    @api.model
    def _find_said(self, vals, line_vals):
        verdict = vals.get("goods_verdict")
        if not verdict:
            return super()._find_said(vals, line_vals)
        # the callers have checked who may say it
        picking = self.env["stock.picking"].sudo().browse(vals["picking_id"])
        last = _get_verdicts(picking)[-1:]
        return last if last.goods_verdict == verdict else last.browse()

    def _follow(self):
        super()._follow()
        key = f"delivery.refused.{self.picking_id.id}"
        if self.goods_verdict == REFUSED:
            self._tell_of_refusal(key)
            self.order_id._emit("acceptance_refused")
        elif self.goods_verdict == ACCEPTED:
            self.order_id._find_todos(key).unlink()

    def _tell_of_refusal(self, key):
        """Leave sales a to-do: the order does not close before the customer accepts."""
        self.order_id._leave_todo(
            key,
            self.env._("%s was refused by the customer", self.picking_id.name),
            f"{self.received_by}: {self.note}",
            user=self.order_id.user_id,
        )

    @api.model
    def _confirm_orders(self, orders):
        super()._confirm_orders(orders)
        self._accept_orders(orders)

    @api.model
    def _accept_orders(self, orders):
        """Note that the customers of those orders have accepted of which everything
        has left and is accepted; what leaves later is accepted anew."""
        for order in orders.filtered("needs_acceptance"):
            missing = filtered_without_acceptance(order.picking_ids)
            if order.accepted_on and missing:
                order.accepted_on = False
            elif not order.accepted_on and not missing and order._is_delivered():
                last = _get_verdicts(order.picking_ids)[-1:]
                if last:
                    accept_order(order, last.received_by)


def _get_verdicts(pickings):
    """Return the receipts of deliveries that say whether they were accepted, the last
    one last."""
    return pickings.receipt_ids.filtered("goods_verdict").sorted("id")


def find_acceptance(picking):
    """Return what the customer said of one delivery last, ``False`` for nothing."""
    return _get_verdicts(picking)[-1:].goods_verdict


def filtered_without_acceptance(pickings):
    """Return the deliveries that left, of which the customer kept something, and that
    he has not accepted.

    :param pickings: superuser records
    """
    return pickings.filtered(
        lambda picking: (
            picking.state == "done"
            and picking._is_delivery()
            and find_acceptance(picking) != ACCEPTED
            and any(move._get_kept_quantity() > 0 for move in picking.move_ids)
        )
    )
