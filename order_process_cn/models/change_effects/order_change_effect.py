from odoo import api, fields, models

from ..changes.change_papers import reach_of_papers
from ..payment_plan.allotment import allot_payments, divide_total
from ..prices.res_users import PRICE_GROUP
from .releases import reach_of_releases
from .supplies import NOT_BEGUN, reach_of_goods, read_supplies


class OrderChangeEffect(models.Model):
    """What becomes due with a change: of the deposit, and of each step of the payment
    plan (DEP-8)."""

    _inherit = "order.change.effect"

    act = fields.Selection(
        selection_add=[
            ("deposit", "Deposit required"),
            ("due", "Amount due"),
            ("again", "Is let go anew"),
            ("money", "Money is asked for again"),
        ],
        ondelete=dict.fromkeys(("deposit", "due", "again", "money"), "cascade"),
    )
    currency_id = fields.Many2one(related="change_id.currency_id")
    amount_from = fields.Monetary(groups=PRICE_GROUP)
    amount_to = fields.Monetary(groups=PRICE_GROUP)

    def _spell_side(self, side):
        if self.act not in {"deposit", "due"}:
            return super()._spell_side(side)
        if not self.env.user.has_group(PRICE_GROUP):
            return "…"
        # whoever reads it sees prices
        return self.change_id.order_id._format_money(self.sudo()[f"amount_{side}"])

    @api.depends("amount_from", "amount_to")
    @api.depends_context("uid")
    def _compute_values(self):
        super()._compute_values()

    def _is_done(self):
        if self.act in {"deposit", "again", "money"}:
            return True
        if self.act != "due":
            return super()._is_done()
        order, step = self.change_id.order_id, self._get_document()
        allotted = allot_payments(order)[order].get(step)
        currency = order.currency_id
        return bool(allotted) and not currency.compare_amounts(
            allotted.amount, self.amount_to
        )


class OrderChangeRequest(models.Model):
    """Which documents a change reaches, and what is to become of each of them (CHG-5).

    Looked at before anybody signs. What Odoo and the addon do by themselves is said to
    be automatic; the rest is the task of whoever answers for the document.
    """

    _inherit = "order.change.request"

    def _collect_reach(self):
        supplies = read_supplies(self.order_id)
        rows = reach_of_goods(self, supplies)
        header = self._get_header()
        if "commitment_date" in header:
            rows += _reach_of_date(self, supplies)
        if "partner_shipping_id" in header:
            rows += _reach_of_address(self)
        rows += reach_of_releases(self)
        rows += reach_of_papers(self, rows)
        return rows + _reach_of_money(self) + _reach_of_words(self)


# -- dates, addresses ------------------------------------------------------------------


def _reach_of_date(change, supplies):
    delay = change._get_delay()
    rows = [
        {
            **_about(picking),
            "act": "date",
            "date_from": picking.scheduled_date,
            "date_to": picking.scheduled_date + delay,
            "is_automatic": True,
        }
        for picking in change._get_open_transfers()
    ]
    for production in supplies.productions:
        free = production.state in NOT_BEGUN
        rows.append(
            {
                **_about(production),
                "act": "date",
                "date_from": production.date_start,
                "date_to": production.date_start + delay,
                "is_automatic": free,
                "user_id": not free and production.user_id.id,
            }
        )
    rows += [
        {**_about(purchase), "act": "look", "user_id": purchase.user_id.id}
        for purchase in supplies.purchases
    ]
    return rows


def _reach_of_address(change):
    return [
        {**_about(picking), "act": "address", "is_automatic": True}
        for picking in change._get_open_transfers()
    ]


# -- money and words -------------------------------------------------------------------


def _reach_of_money(change):
    """Return what becomes due, and the posted invoices of what gets cheaper or less:
    the accountant makes the credit note."""
    order = change.order_id
    added = change.amount_after - change.amount_before
    if not order.currency_id.compare_amounts(added, 0):
        return []
    rows = []
    if order.deposit_required:
        # what was agreed with a confirmed order stays
        amounts = dict.fromkeys(("amount_from", "amount_to"), order.deposit_required)
        rows.append(
            {**_about(order), "act": "deposit", "is_automatic": True, **amounts}
        )
    rows += _reach_of_steps(order, added)
    if added > 0:
        return rows
    posted = order.invoice_ids.filtered(lambda move: move.state == "posted")
    return rows + [
        {**_about(move), "act": "look", "user_id": move.invoice_user_id.id}
        for move in posted
    ]


def _reach_of_steps(order, added):
    """Return what each step of the payment plan of one order comes to."""
    if not order.payment_step_ids:
        return []
    allotted = allot_payments(order)[order]
    steps = order.payment_step_ids.sorted()
    total = sum(allotted[step].amount for step in steps)
    amounts = divide_total(
        total + added,
        order.deposit_required,
        [(step.method, step.percent, step.fixed_amount) for step in steps],
        order.currency_id,
    )
    return [
        {
            **_about(step),
            "act": "due",
            "is_automatic": True,
            "amount_from": allotted[step].amount,
            "amount_to": amount,
        }
        for step, amount in zip(steps, amounts, strict=True)
        if order.currency_id.compare_amounts(allotted[step].amount, amount)
    ]


def _reach_of_words(change):
    """Return the delivery schedules of lines whose quantity or date moves: sales
    divides it anew."""
    dated = "commitment_date" in change._get_header()
    moved = change._get_new_quantities()
    return [
        {**_about(line), "act": "look", "user_id": change.user_id.id}
        for line, quantity in moved.items()
        if line.delivery_part_count
        and (dated or line.product_uom_id.compare(quantity, line.product_uom_qty))
    ]


def _about(document):
    return {"res_model": document._name, "res_id": document.id}
