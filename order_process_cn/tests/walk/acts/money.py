"""Money that comes, money that goes."""

from .registry import act


@act(weight=3)
def pay(walk, which, what):
    accountant = walk.case.accountant
    values = {
        "payment_type": "inbound",
        "partner_type": "customer",
        "partner_id": walk.order.sudo().partner_id.id,
        "amount": walk.one_of((5000, 1000, 20000), what),
        "currency_id": walk.case.company.currency_id.id,
        "journal_id": walk.case.bank.id,
        "sale_order_id": walk.order.id,
    }
    [payment] = walk.rpc_model(accountant, "account.payment", "create", [values])
    payment = walk.env["account.payment"].browse(payment)
    walk.rpc(accountant, payment, "action_post")


@act(weight=2)
def lose_the_money(walk, which, what):
    method = walk.one_of(("action_draft", "action_cancel", "action_reject"), what)
    if payment := walk.one_of(walk.payments(), which):
        walk.rpc(walk.case.accountant, payment, method)


@act()
def find_the_money(walk, which, what):
    lost = walk.payments().filtered(lambda p: p.state == "draft")
    if payment := walk.one_of(lost, which):
        walk.rpc(walk.case.accountant, payment, "action_post")


@act(serves=True)
def invoice(walk, which, what):
    accountant = walk.case.accountant
    wizard = (
        walk.env["sale.advance.payment.inv"]
        .with_user(accountant)
        .with_context(active_ids=walk.order.ids, active_model="sale.order")
        .create(
            {
                "sale_order_ids": [(6, 0, walk.order.ids)],
                "advance_payment_method": walk.one_of(
                    ("delivered", "percentage", "fixed"), what
                ),
                "amount": 30,
                "fixed_amount": 3000,
            }
        )
    )
    wizard.create_invoices()
    for move in walk.order.sudo().invoice_ids.filtered(lambda m: m.state == "draft"):
        walk.rpc(accountant, move, "action_post")
