"""[REV-6] [SHP-1] Beside shop, till, project, loyalty, batches and dropshipping: a
refusal breaks neither a payment nor the till, what was paid is kept, and the order
waits for its review. Goods leave on release only, whoever hands them out."""

import uuid

import pytest
from steps import work

from devkit import odoo_run, paths, templates
from devkit.rpc import RpcError

DATABASE = "wide"

SETUP = """
from odoo import Command
company = env.company
if not company.chart_template:
    env["account.chart.template"].try_loading("generic_coa", company, False)

def make_user(login, *groups):
    return env["res.users"].create({
        "name": login.title(), "login": login, "password": login,
        "email": f"{login}@example.com",
        "group_ids": [Command.set([env.ref(group).id for group in groups])],
    })

signer = make_user("signer", "base.group_user")
seller = make_user("seller", "sales_team.group_sale_manager")
sales = "sales_team.group_sale_salesman_all_leads"
make_user("cashier", "point_of_sale.group_pos_user", sales)
customer = make_user("customer", "base.group_portal").partner_id
customer.write({
    "street": "1 Street", "city": "Ningbo", "zip": "315000", "phone": "0574 1234",
    "country_id": env.ref("base.cn").id,
    "state_id": env["res.country.state"].search(
        [("country_id.code", "=", "CN")], limit=1
    ).id,
})
env["order.department"].search([]).write({
    "member_ids": [Command.set(signer.ids)], "head_id": signer.id,
})
env["order.entry.rule"].search([]).active = False
route = env.ref("order_process_cn.order_review_route_two_step")
route.write({"active": True, "order_type_ids": [Command.clear()]})

pump = env["product.product"].create({
    "name": "Pump", "type": "consu", "list_price": 100.0, "taxes_id": False,
    "available_in_pos": True, "is_published": True, "sale_ok": True,
})
env["product.product"].create({
    "name": "Screw", "type": "consu", "list_price": 1.0, "taxes_id": False,
    "available_in_pos": True,
})
env["order.type"].create({
    "name": "Guarded", "asks_shipping_release": True, "shipping_balance": "none",
})
vendor = env["res.partner"].create({"name": "Vendor"})
route = env.ref("stock_dropshipping.route_drop_shipping")
sent_on = env["product.product"].create([
    {
        "name": name, "type": "consu", "list_price": 100.0, "taxes_id": False,
        "route_ids": [Command.set(route.ids)],
        "seller_ids": [Command.create({"partner_id": vendor.id, "price": 50.0})],
    }
    for name in ("Bought Pump", "Subcontracted Pump")
])
env["mrp.bom"].create({
    "product_tmpl_id": sent_on[1].product_tmpl_id.id, "type": "subcontract",
    "subcontractor_ids": [Command.set(vendor.ids)],
    "bom_line_ids": [Command.create({"product_id": pump.id, "product_qty": 1})],
})
service = env["product.product"].create({
    "name": "Planning", "type": "service", "list_price": 100.0, "taxes_id": False,
    "service_tracking": "project_only", "is_published": True,
})
env["loyalty.program"].create({
    "name": "Points", "program_type": "loyalty", "trigger": "auto",
    "rule_ids": [Command.create({"reward_point_amount": 1})],
    "reward_ids": [Command.create({"required_points": 1000})],
})

method = env["pos.payment.method"].create({
    "name": "Bank",
    "journal_id": env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
    ).id,
})
# the second one moves goods when its day ends
for name, moment in (("Till", "real"), ("Evening Till", "closing")):
    company.point_of_sale_update_stock_quantities = moment
    till = env["pos.config"].create({
        "name": name, "payment_method_ids": [Command.set(method.ids)],
    })
    till.with_user(env.ref("base.user_admin")).open_ui()
    till.current_session_id.set_opening_control(0, "")
company.point_of_sale_update_stock_quantities = "real"

provider = env.ref("payment.payment_provider_demo")
provider.write({"state": "test", "is_published": True})
env.cr.commit()
"""


@pytest.fixture(scope="module")
def database(database):
    odoo_run.script(database.name, SETUP, paths.LOGS / "coinstalled.log")
    return database


@pytest.fixture
def seller(rpc):
    return rpc("seller")


def one(session, model, **values):
    """Return the id of the record with these values."""
    domain = [(name, "=", value) for name, value in values.items()]
    (found,) = session.call(model, "search", domain)
    return found


def make_order(rpc, product, **values):
    seller = rpc("seller")
    product_id = one(seller, "product.product", name=product)
    (order,) = seller.call(
        "sale.order",
        "create",
        [
            {
                "partner_id": one(seller, "res.partner", name="Customer"),
                "order_line": [(0, 0, {"product_id": product_id})],
                **values,
            }
        ],
    )
    return order


def read(session, model, record, *fields):
    return session.call(model, "read", [record], list(fields))[0]


def approve(rpc, order):
    """Submit, sign every seat, and let the recheck worker run."""
    rpc("seller").call("sale.order", "action_review_submit", [order])
    signer = rpc("signer")
    domain = [("is_mine", "=", True), ("review_id.res_id", "=", order)]
    while tasks := signer.call(
        "order.review.task", "search_read", domain, ["review_id", "digest"]
    ):
        seen = {str(task["review_id"][0]): task["digest"] for task in tasks}
        ids = [task["id"] for task in tasks]
        signer.call("order.review.task", "action_sign", ids, "agree", seen)
    admin = rpc("admin")
    (job,) = admin.call("ir.cron", "search", [("model_id.model", "=", "order.recheck")])
    admin.call("ir.cron", "method_direct_trigger", [job])


def test_all_are_installed(rpc):
    names = [*templates.CO_INSTALLED, paths.ADDON]
    modules = rpc("admin").call(
        "ir.module.module", "search_read", [("name", "in", names)], ["state"]
    )
    assert [module["state"] for module in modules] == ["installed"] * len(names)


def test_refusal_leaves_nothing_behind(rpc, database):
    """No project, no points, when a person is refused."""
    order = make_order(rpc, "Planning")
    before = database.query(
        "SELECT (SELECT count(*) FROM project_project), "
        "(SELECT coalesce(sum(points), 0) FROM loyalty_card)"
    )
    with pytest.raises(RpcError) as refusal:
        rpc("seller").call("sale.order", "action_confirm", [order])
    assert refusal.value.name == "odoo.exceptions.UserError"
    after = database.query(
        "SELECT (SELECT count(*) FROM project_project), "
        "(SELECT coalesce(sum(points), 0) FROM loyalty_card)"
    )
    assert after == before
    approve(rpc, order)
    rpc("seller").call("sale.order", "action_confirm", [order])
    assert read(rpc("admin"), "sale.order", order, "project_count")["project_count"]


def sell_at_till(rpc, order, till="Till", **others):
    """Take the customer's money at the till for an order, as its screen does, and for a
    screw that belongs to none."""
    cashier, seller = rpc("cashier"), rpc("seller")
    (line,) = seller.call("sale.order.line", "search", [("order_id", "=", order)])
    own = {"config_id.name": till}
    session = one(cashier, "pos.session", state="opened", **own)
    screw = {
        "product_id": one(cashier, "product.product", name="Screw"),
        "qty": 1,
        "price_unit": 0.0,
        "price_subtotal": 0.0,
        "price_subtotal_incl": 0.0,
        "discount": 0,
        "tax_ids": [],
        "pack_lot_ids": [],
        "uuid": str(uuid.uuid4()),
    }
    values = {
        "product_id": one(cashier, "product.product", name="Pump"),
        "qty": 1,
        "price_unit": 100.0,
        "price_subtotal": 100.0,
        "price_subtotal_incl": 100.0,
        "discount": 0,
        "tax_ids": [],
        "pack_lot_ids": [],
        "sale_order_origin_id": order,
        "sale_order_line_id": line,
        "uuid": str(uuid.uuid4()),
    }
    payment = {
        "amount": 100.0,
        "name": "2030-01-01 10:00:00",
        "payment_method_id": one(cashier, "pos.payment.method", name="Bank"),
    }
    receipt = {
        "uuid": str(uuid.uuid4()),
        "name": "Order 1",
        "state": "paid",
        "session_id": session,
        "partner_id": one(seller, "res.partner", name="Customer"),
        "user_id": cashier.uid,
        "amount_paid": 100.0,
        "amount_total": 100.0,
        "amount_tax": 0,
        "amount_return": 0,
        "date_order": "2030-01-01 10:00:00",
        "fiscal_position_id": False,
        "to_invoice": False,
        "last_order_preparation_change": "{}",
        "lines": [(0, 0, values), (0, 0, screw)],
        "payment_ids": [(0, 0, payment)],
        **others,
    }
    answer = cashier.call("pos.order", "sync_from_ui", [receipt])
    return answer["pos.order"][0]


def count_left(database, order):
    """Return how much has left for an order, and how many screws were handed out."""
    rows = database.query(
        "SELECT COALESCE(SUM(move.quantity) FILTER "
        f"(WHERE {order} IN (move.till_order_id, line.order_id)), 0), "
        "COALESCE(SUM(move.quantity) FILTER "
        "(WHERE template.name->>'en_US' = 'Screw'), 0) FROM stock_move move "
        "JOIN product_product product ON product.id = move.product_id "
        "JOIN product_template template ON template.id = product.product_tmpl_id "
        "LEFT JOIN sale_order_line line ON line.id = move.sale_line_id "
        "WHERE move.state = 'done'"
    )
    return tuple(map(float, rows[0]))


def test_till_goes_on(rpc, database):
    """The goods of an order that waits stay, and leave once when it is confirmed."""
    order = make_order(rpc, "Pump")
    receipt = sell_at_till(rpc, order)
    assert receipt["state"] == "paid" and receipt["amount_paid"] == 100.0
    assert count_left(database, order) == (0, 1)
    fields = ("state", "requested_transition")
    found = read(rpc("seller"), "sale.order", order, *fields)
    assert found == {"id": order, "state": "draft", "requested_transition": "confirm"}
    with pytest.raises(RpcError):  # a person at the button is told
        rpc("seller").call("sale.order", "action_confirm", [order])
    approve(rpc, order)
    assert read(rpc("seller"), "sale.order", order, "state")["state"] == "sale"
    deliver(rpc, order)
    assert count_left(database, order) == (1, 1)
    assert read_delivered(rpc, order) == 1


def sell_guarded(rpc, product):
    """Return an order in effect whose goods leave on a release only."""
    admin, order = rpc("admin"), make_order(rpc, product)
    values = {
        "order_type_id": one(admin, "order.type", name="Guarded"),
        "order_type_reason": "Goods are guarded",
    }
    admin.call("sale.order", "write", [order], values)
    approve(rpc, order)
    rpc("seller").call("sale.order", "action_confirm", [order])
    return order


def let_go(rpc, order):
    admin = rpc("admin")
    release = admin.call("sale.order", "action_request_shipping", [order])["res_id"]
    for act in ("action_request", "action_release"):
        admin.call("order.shipping.release", act, [release])


def deliver(rpc, order):
    """Validate the transfers of an order that are open."""
    admin = rpc("admin")
    transfers = admin.call(
        "stock.picking",
        "search",
        [("sale_id", "=", order), ("state", "not in", ["done", "cancel"])],
    )
    assert len(transfers) == 1
    admin.call("stock.picking", "action_assign", transfers)
    moves = admin.call("stock.move", "search", [("picking_id", "in", transfers)])
    admin.call("stock.move", "write", moves, {"quantity": 1, "picked": True})
    context = {"skip_sms": True}
    admin.call("stock.picking", "button_validate", transfers, context=context)


def read_delivered(rpc, order):
    (line,) = rpc("admin").call(
        "sale.order.line",
        "search_read",
        [("order_id", "=", order)],
        ["qty_delivered"],
    )
    return line["qty_delivered"]


def test_till_keeps_what_is_not_released(rpc, database):
    """[SHP-1] The receipt is paid, what else is on it leaves, and the goods of the
    order leave with a transfer when they are released, once."""
    order = sell_guarded(rpc, "Pump")
    _left, screws = count_left(database, order)
    assert sell_at_till(rpc, order)["state"] == "paid"
    assert count_left(database, order) == (0, screws + 1)
    assert read_delivered(rpc, order) == 0
    with pytest.raises(RpcError, match="requests a shipping release"):
        deliver(rpc, order)
    let_go(rpc, order)
    deliver(rpc, order)
    assert count_left(database, order) == (1, screws + 1)
    assert read_delivered(rpc, order) == 1
    assert rpc("seller").call(
        "mail.activity",
        "search",
        [("res_model", "=", "sale.order"), ("res_id", "=", order)],
    )


def test_till_sends_later(rpc, database):
    """[SHP-1] What a till has sent later leaves on a release as well."""
    order = sell_guarded(rpc, "Pump")
    sell_at_till(rpc, order, shipping_date="2030-01-05")
    admin = rpc("admin")
    (move,) = admin.call(
        "stock.move",
        "search_read",
        [("till_order_id", "=", order), ("state", "!=", "cancel")],
        ["picking_id"],
    )
    transfer = move["picking_id"][:1]
    moves = admin.call("stock.move", "search", [("picking_id", "in", transfer)])
    admin.call("stock.move", "write", moves, {"quantity": 1, "picked": True})
    with pytest.raises(RpcError, match="requests a shipping release"):
        admin.call("stock.picking", "button_validate", transfer)
    let_go(rpc, order)
    context = {"skip_sms": True}
    admin.call("stock.picking", "button_validate", transfer, context=context)
    assert count_left(database, order)[0] == 1
    assert read_delivered(rpc, order) == 1


def test_till_hands_out_what_is_released(rpc, database):
    """[SHP-1] It counts as what was released: nothing is left to leave for it."""
    order = sell_guarded(rpc, "Pump")
    let_go(rpc, order)
    _left, screws = count_left(database, order)
    sell_at_till(rpc, order)
    assert count_left(database, order) == (1, screws + 1)
    assert read_delivered(rpc, order) == 1
    work(database, rpc)
    (release,) = rpc("admin").call(
        "order.shipping.release",
        "search_read",
        [("order_id", "=", order)],
        ["state"],
    )
    assert release["state"] == "shipped"


def test_till_that_moves_goods_when_it_closes(rpc, database):
    """[SHP-1] What was released leaves when the day of the till ends, and counts; what
    was not stays, and the order does not call it delivered."""
    kept, sold = sell_guarded(rpc, "Pump"), sell_guarded(rpc, "Pump")
    let_go(rpc, sold)
    _left, screws = count_left(database, sold)
    for order in (kept, sold):
        sell_at_till(rpc, order, till="Evening Till")
        assert count_left(database, order) == (0, screws)
    own = {"config_id.name": "Evening Till"}
    admin = rpc("admin")
    session = one(admin, "pos.session", state="opened", **own)
    admin.call("pos.session", "action_pos_session_closing_control", [session])
    assert read(admin, "pos.session", session, "state")["state"] == "closed"
    assert count_left(database, sold) == (1, screws + 2)
    assert read_delivered(rpc, sold) == 1
    assert count_left(database, kept)[0] == 0
    assert read_delivered(rpc, kept) == 0
    let_go(rpc, kept)
    deliver(rpc, kept)
    assert count_left(database, kept)[0] == 1
    assert read_delivered(rpc, kept) == 1
    work(database, rpc)
    found = admin.call(
        "order.shipping.release",
        "search_read",
        [("order_id", "in", [kept, sold])],
        ["state"],
    )
    assert [release["state"] for release in found] == ["shipped", "shipped"]


@pytest.mark.parametrize("product", ["Bought Pump", "Subcontracted Pump"])
def test_dropshipping(rpc, database, product):
    """[SHP-1] What a vendor or subcontractor sends to the customer leaves on a release
    too."""
    order = sell_guarded(rpc, product)
    admin = rpc("admin")
    (purchase,) = admin.call(
        "purchase.order", "search", [("order_line.sale_order_id", "=", order)]
    )
    admin.call("purchase.order", "button_confirm", [purchase])
    with pytest.raises(RpcError, match="requests a shipping release"):
        deliver(rpc, order)
    let_go(rpc, order)
    deliver(rpc, order)
    assert count_left(database, order)[0] == 1
    assert read_delivered(rpc, order) == 1


def pay_in_shop(rpc, order):
    """Pay the customer's own cart with Odoo's demonstration provider."""
    customer, admin = rpc("customer"), rpc("admin")
    url = admin.call("sale.order", "get_portal_url", [order])
    provider = one(admin, "payment.provider", code="demo")
    (method,) = admin.call(
        "payment.method",
        "search",
        [("provider_ids", "in", [provider]), ("active", "=", True)],
        limit=1,
    )
    started = customer.post(
        f"/shop/payment/transaction/{order}",
        access_token=url.split("access_token=")[1].split("&")[0],
        provider_id=provider,
        payment_method_id=method,
        token_id=None,
        amount=read(admin, "sale.order", order, "amount_total")["amount_total"],
        flow="direct",
        tokenization_requested=False,
        landing_route="/shop/payment/validate",
    )
    customer.post(
        "/payment/demo/simulate_payment",
        reference=started["reference"],
        payment_details="1234",
        simulated_state="done",
    )
    customer.post("/payment/status/poll")
    return one(admin, "payment.transaction", reference=started["reference"])


def test_shop_keeps_the_payment(rpc):
    website = rpc("admin").call("website", "search", [], limit=1)[0]
    order = make_order(rpc, "Planning", website_id=website)
    transaction = pay_in_shop(rpc, order)
    fields = ("state", "is_post_processed", "amount")
    paid = read(rpc("admin"), "payment.transaction", transaction, *fields)
    assert (paid["state"], paid["is_post_processed"]) == ("done", True)
    fields = ("state", "requested_transition", "amount_paid")
    waiting = read(rpc("admin"), "sale.order", order, *fields)
    assert waiting["state"] in {"draft", "sent"}
    assert waiting["requested_transition"] == "confirm"
    assert waiting["amount_paid"] == paid["amount"] > 0
    status, _body = rpc("customer").get("/shop")
    assert status == 200
    approve(rpc, order)
    assert read(rpc("admin"), "sale.order", order, "state")["state"] == "sale"


def test_batch_of_transfers(rpc):
    """Transfers of approved orders go out in a batch."""
    orders = [make_order(rpc, "Pump") for _ in range(2)]
    for order in orders:
        approve(rpc, order)
    rpc("seller").call("sale.order", "action_confirm", orders)
    admin = rpc("admin")
    transfers = admin.call(
        "stock.picking", "search", [("sale_id", "in", orders), ("state", "!=", "done")]
    )
    assert len(transfers) == 2
    (batch,) = admin.call(
        "stock.picking.batch", "create", [{"picking_ids": [(6, 0, transfers)]}]
    )
    admin.call("stock.picking.batch", "action_confirm", [batch])
    admin.call("stock.picking", "action_assign", transfers)
    moves = admin.call("stock.move", "search", [("picking_id", "in", transfers)])
    admin.call("stock.move", "write", moves, {"quantity": 1, "picked": True})
    done = admin.call(
        "stock.picking.batch", "action_done", [batch], context={"skip_sms": True}
    )
    assert done is True, done
    states = admin.call("stock.picking", "read", transfers, ["state"])
    assert {transfer["state"] for transfer in states} == {"done"}
