"""From wherever an order stands, those whom the screen names bring it home."""

from odoo import Command
from odoo.exceptions import UserError

from ...models.confirmation.statements import (
    get_people_stating,
)
from ...models.money.deposits import get_deposit_gaps
from .acts.review import decide

ROUNDS = 9
# days; the shipped rule of entry takes what is longer for a slip of the hand
LONGEST_LEAD = 731


def check_way_home(walk):
    """[REV-6] K2: no dead end. What is tried is undone."""
    if walk.order.sudo().state == "cancel":
        return
    tried = []
    with walk.undone():
        for _round in range(ROUNDS):
            if is_home(walk):
                return
            for number, act in enumerate(next_acts(walk)):
                refusal = walk.attempt(act, walk)
                tried.append((act.__name__, refusal))
                if not refusal and not number:
                    break
        assert is_home(walk), f"a dead end: {tried[-4:]}; {describe(walk)}"


def describe(walk):
    order = walk.order.sudo()
    return (
        order.state,
        order.effect_state,
        order.review_state,
        order._find_review_gaps(),
        order.order_checklist,
        order.order_line.mapped("held_quantity"),
    )


def is_home(walk):
    order = walk.order.sudo()
    return (
        order.state == "sale"
        and order.effect_state != "held"
        and not order._find_review_gaps()
        and not any(order.order_line.mapped("held_quantity"))
    )


def next_acts(walk):
    """Yield what can be done now, the usual first; what is refused is followed by the
    act that its words name."""
    order = walk.order.sudo()
    if order.review_state == "running":
        return (sign_what_is_open, worker, fill_seats)
    if order._find_review_gaps() and order.review_state != "approved":
        return (submit, complete, fill_seats, end_where_told)
    if order._find_review_gaps():
        return (confirm, worker)
    if order.state in {"draft", "sent"}:
        return (confirm, complete)
    if order.effect_state == "held":
        return (fulfil, worker)
    return (worker,)


def sign_what_is_open(walk):
    for seat in walk.open_seats():
        if not walk.signer_of(seat):
            # pylint: disable-next=translation-required
            raise UserError(f"nobody sits on {seat.name}")
        decide(walk, seat, 0, "agree")


def submit(walk):
    walk.rpc(walk.case.seller, walk.order, "action_review_submit")


def end_where_told(walk):
    """End a review that was declined and that no route asks for any more."""
    order = walk.order.sudo()
    if any(
        "Withdraw the review" in words for words in order._get_submission_problems()
    ):
        walk.rpc(walk.case.seller, walk.review, "action_withdraw", "No route any more")


def confirm(walk):
    walk.rpc(walk.case.seller, walk.order, "action_confirm")


def worker(walk):
    walk.case._run_worker()


def complete(walk):
    """Enter what an order has to say."""
    seller = walk.case.seller
    words = {
        "wanted_date": "2030-05-20",
        "packing_requirements": "Wooden case",
        "order_channel_id": walk.case.channel.id,
        "payment_term_id": walk.case.terms.id,
        "partner_shipping_id": walk.case.partner.id,
        "difference_explanation": "As agreed",
        "written_confirmation": True,
    }
    if not 0 <= walk.order.sudo().prepayment_percent <= 1:
        words["prepayment_percent"] = 0.3
    walk.rpc(seller, walk.order, "write", words)
    for line in walk.order.order_line:
        values = {"specification": "DN50"}
        if line.product_uom_qty <= 0:
            values["product_uom_qty"] = 1
        if line.price_unit <= 0:
            values["price_unit"] = 10
        if not 0 <= line.discount < 100:
            values["discount"] = 0
        if not 0 <= line.customer_lead <= LONGEST_LEAD:
            values["customer_lead"] = 14
        walk.rpc(seller, line, "write", values)


def fill_seats(walk):
    """The administrator gives departments without anybody somebody."""
    for name in ("engineering", "purchase", "sales", "gm", "deputy"):
        department = walk.case.departments[name]
        values = {
            "member_ids": [Command.set(walk.case.clerk.ids)],
            "head_id": walk.case.clerk.id,
        }
        walk.rpc(walk.case.administrator, department, "write", values)


def fulfil(walk):
    """Those who have to confirm in writing do so, and the customer pays."""
    order = walk.order.sudo()
    open_now = {
        condition["code"]
        for condition in (order.order_checklist or {}).get("conditions", ())
        if not condition["met"]
    }
    # whoever is not asked for it need not see the order
    for kind in ("technical", "material"):
        if kind in open_now:
            confirm_in_writing(walk, kind)
    missing = sum(gap for _paid, gap in get_deposit_gaps(order).values())
    if missing:
        payment = walk.case._advance(
            order, missing, currency=order.currency_id, day="2026-03-02"
        )
        assert payment.state in {"in_process", "paid"}
    walk.case._end_of_transaction()
    walk.case._run_worker()


def confirm_in_writing(walk, kind):
    people = get_people_stating(walk.order.sudo(), kind)
    if not people:
        fill_seats(walk)
        people = get_people_stating(walk.order.sudo(), kind)
    member = walk.env["res.users"].browse(people[:1])
    walk.rpc(member, walk.order, "action_state_in_writing", kind, "Yes")
