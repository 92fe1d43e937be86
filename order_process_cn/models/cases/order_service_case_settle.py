from collections import defaultdict
from functools import partial
from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools.review_states import APPROVED
from ..effect.growth import unlocked
from ..mechanism.engine import clean, public_act, take_turns
from .case_states import REFUND, REPLACE, SCRAP, SENT_BACK, SETTLED, UNINSPECTED


class KitsBack(NamedTuple):
    """How many of a kit, in the unit of the order line, have come back, and whether all
    their parts have."""

    quantity: float
    is_whole: bool


class OrderServiceCase(models.Model):
    """What becomes of goods that are back and inspected: the order itself is reduced,
    credited, delivered again, by Odoo's own means (AFS-1). Afterwards ordered,
    delivered and invoiced are the same again."""

    _inherit = "order.service.case"

    @public_act
    def action_settle(self):
        """Settle these cases; those that are settled stay as they are.

        :raise UserError: what one of them waits for; nothing is written then
        """
        self._check_may_work()
        cases = self.sudo()  # the right was checked above; the gate stands behind
        for case in clean(cases):
            case._settle(self.env.user)
        return True

    def _settle(self, user):
        # not beside an edit or another click at the same moment
        take_turns(self.order_id)
        take_turns(self)
        if self.state == SETTLED:
            return
        if self.state in UNINSPECTED:
            # in words, before the states are compared
            self._raise_open_conditions("settle")
        self._move_to(SETTLED)
        self.write({"settled_on": fields.Datetime.now(), "settled_by_id": user.id})
        self._find_todos("case.settle").unlink()
        came = self._get_came_back() if self.with_goods else self.line_ids.browse()
        of = came.grouped("decision")
        nothing = came.browse()
        self._keep_sold(of.get(SCRAP, nothing))
        self._refund(of.get(REFUND, nothing))
        self._deliver_again(of.get(REPLACE, nothing))
        sent_back = came.filtered(lambda line: line.decision in SENT_BACK)
        self._send_back(sent_back)
        self._put_away(came - sent_back)
        self.order_id._message_log(
            body=self.env._(
                "%(case)s was settled: %(outcome)s",
                case=self.display_name,
                outcome="; ".join(line._spell() for line in came)
                or self.answer_text
                or "",
            )
        )

    # -- scrapped ----------------------------------------------------------------------

    def _keep_sold(self, lines):
        """What is scrapped without compensation was sold all the same: the order counts
        it as delivered."""
        moves = lines.move_ids.filtered(lambda move: move.state == "done")
        if moves:
            moves.to_refund = False
            sold = lines.order_line_id
            self.env.add_to_compute(sold._fields["qty_delivered"], sold)

    # -- refunded ----------------------------------------------------------------------

    def _refund(self, lines):
        """Reduce the order to what the customer keeps, and credit what was invoiced
        beyond it."""
        reductions = self._get_reductions(lines)
        if not reductions:
            return
        reduce = partial(self._reduce_order, reductions)
        if grounds := self._get_grounds():
            self.order_id._amend(
                reduce,
                # terms: a deposit that is a share of the total is less by it
                {"quantity", "price", "terms"},
                reason=self._spell_reason(),
                # the customer has sent it back himself
                carries=True,
                **grounds,
            )
        else:
            reduce()
            self.env.flush_all()
        self._credit(self.env["sale.order.line"].concat(*reductions))

    def _get_grounds(self):
        """Return on what grounds the order is reduced without being signed again, see
        ``_amend``; nothing where nobody has signed what it is."""
        order = self.order_id
        if not order.review_id:
            return {}
        if self.review_id._is_of(self):
            # those whom it concerns have signed the case
            return {"source": self}
        if order.review_id.state != APPROVED:
            return {}  # whoever is asked signs what it is then
        # nobody is asked about cases: what is taken back is what came back, was
        # inspected and decided on; that the order is less by it changes nothing signed
        return {
            "act": "refund",
            "details": {order: {"case": [self._name, self.id, self.display_name]}},
        }

    def _get_reductions(self, lines):
        """Return ``{order line: quantity}`` in its unit, of kits as many as came
        back."""
        reductions = {}
        for sold, own in lines.grouped("order_line_id").items():
            if sold.product_id in own.product_id:
                reductions[sold] = sum(
                    line.product_uom_id._compute_quantity(
                        line.received_qty, sold.product_uom_id
                    )
                    for line in own
                )
            else:
                reductions[sold] = self._get_kits_back(sold, REFUND).quantity
        return {sold: quantity for sold, quantity in reductions.items() if quantity}

    def _get_kits_back(self, sold, decision):
        """Return the :class:`KitsBack` of one order line that end in ``decision``."""
        came = defaultdict(float)
        for line in self._get_came_back():
            if line.order_line_id == sold and line.decision == decision:
                came[line.product_id] += line.received_qty
        shares = [
            sold.product_uom_id.round(came[product] * sold.product_uom_qty / quantity)
            for (_line, product), quantity in sold._get_shippable().items()
            if quantity
        ]
        least = min(shares, default=0.0)
        known = {product for _line, product in sold._get_shippable()}
        same = all(not sold.product_uom_id.compare(s, least) for s in shares)
        return KitsBack(least, same and came.keys() <= known)

    def _reduce_order(self, reductions):
        with unlocked(self.order_id):
            for sold, quantity in reductions.items():
                # more may have been sent than was ordered: that is none of it
                kept = max(sold.product_uom_qty - quantity, sold.qty_delivered)
                if not sold.product_uom_id.compare(kept, sold.product_uom_qty):
                    continue
                sold.write(
                    {
                        "product_uom_qty": kept,
                        # or core would reckon them anew
                        "price_unit": sold.price_unit,
                        "discount": sold.discount,
                    }
                )

    def _credit(self, sold):
        """Draw up the credit note of what is invoiced beyond what is ordered now; it is
        posted by accounting."""
        over = sold.filtered(
            lambda line: line.product_uom_id.compare(line.qty_to_invoice, 0) < 0
        )
        if not over:
            return
        order = self.order_id.with_company(self.company_id)
        order = order.with_context(lang=order.partner_invoice_id.lang)
        values = {
            **order._prepare_invoice(),
            "move_type": "out_refund",
            "invoice_line_ids": [
                Command.create(
                    line._prepare_invoice_line(quantity=-line.qty_to_invoice)
                )
                for line in over.with_env(order.env)
            ],
        }
        moves = order.env["account.move"].with_context(default_move_type="out_refund")
        note = moves.create(values)
        self.credit_note_ids = [Command.link(note.id)]

    def _spell_reason(self):
        return " – ".join(filter(None, [self.display_name, self.reason_id.name]))

    # -- replaced ----------------------------------------------------------------------

    def _deliver_again(self, lines):
        """Have the order deliver again what is open of it now."""
        sold = lines.order_line_id
        if not sold:
            return
        with unlocked(self.order_id):
            sold._action_launch_stock_rule()
        for line in sold:
            if line.product_uom_id.compare(
                line._get_qty_procurement(), line.product_uom_qty
            ):
                raise UserError(
                    self.env._(
                        "%s: the order delivers nothing in place of it. Look at its "
                        "quantity, and at the delivery that is open.",
                        line.product_id.display_name,
                    )
                )

    # -- sent back ---------------------------------------------------------------------

    def _send_back(self, lines):
        """Have the warehouse send goods back to the customer, as they are or
        repaired: the return of the return."""
        parts = defaultdict(list)
        for line in lines:
            for move in line.move_ids.filtered(lambda m: m.state == "done"):
                quantity = move.product_uom._compute_quantity(
                    move.quantity, line.product_uom_id, rounding_method="HALF-UP"
                )
                parts[move.picking_id].append((line, move, quantity))
        for picking, own in parts.items():
            transfer = self._return(picking, own, "service_case_sent_id")
            transfer.origin = f"{self.display_name} / {picking.name}"
