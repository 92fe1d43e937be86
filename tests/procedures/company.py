"""The people of the demo company and what they do, said once for all procedures."""

from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from steps import my_tasks, read_pdf, ref, save_pdf, session_of, sign, work

from devkit.rpc import RpcError, Session

ASSISTANT, SALESMAN, SUPERVISOR = "zhangli", "linhao", "limin"
ENGINEER, QUALITY, PLANNER = "wangzhiqiang", "zhaopin", "chenqihang"
BUYER, PRODUCER, WAREHOUSE = "sunping", "zhoujian", "wuyong"
FINANCE, DEPUTY, GENERAL_MANAGER = "zhengcaihong", "liujianguo", "huangweidong"
CLERK, ADMINISTRATOR, SYSTEM = "hexiaoyan", "guanliyuan", "admin"
COUNTERSIGNERS = (ENGINEER, QUALITY, PLANNER, BUYER, PRODUCER)
# what a demo switches on for itself
CONFIGURATION = (
    "order.review.route",
    "order.deposit.rule",
    "order.issue.window",
    "order.time.limit",
)
REFUSALS = {"AccessError", "UserError", "ValidationError", "RedirectWarning"}
# one white pixel
PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAA"
    "SUVORK5CYII="
)


class Company:
    """What people see and press, by remote calls as the web client sends them."""

    def __init__(self, database, server):
        self.database, self.server = database, server
        self._pages = []

    # -- people and records ------------------------------------------------------------

    def as_(self, login) -> Session:
        """Return somebody at his screen, logged in once."""
        return session_of(self.server, login)

    def ref(self, name):
        return ref(self.database, name)

    def read(self, login, model, record, *fields):
        """Return what somebody sees of a record: one value, or a dictionary."""
        (found,) = self.as_(login).call(model, "read", [record], list(fields))
        return found[fields[0]] if len(fields) == 1 else found

    def search(self, login, model, *domain):
        return self.as_(login).call(model, "search", list(domain))

    def do(self, login, model, method, records, *arguments, **keywords):
        """Press a button."""
        ids = records if isinstance(records, list) else [records]
        return self.as_(login).call(model, method, ids, *arguments, **keywords)

    def work(self):
        """Run the worker as the scheduler does."""
        work(self.database, lambda login: self.as_(login))

    @contextmanager
    def refusal(self, *words):
        """What is done here is refused, for these reasons."""
        with pytest.raises(RpcError) as refusal:
            yield
        kind = refusal.value.name.rpartition(".")[2]
        assert kind in REFUSALS, refusal.value.debug
        for part in words:
            assert part in str(refusal.value), refusal.value

    def refused(self, words, login, *call, **keywords):
        """Press a button and be told why not, in these words."""
        words = [words] if isinstance(words, str) else words
        with self.refusal(*words):
            self.do(login, *call, **keywords)

    # -- procedures --------------------------------------------------------------------

    def switch_everything_off(self):
        # a plan asks its types for a release, and types name their window
        self._archive("order.payment.plan")
        types = self.search(ADMINISTRATOR, "order.type")
        plain = {"asks_shipping_release": False, "issue_window_id": False}
        plain["asks_project_plan"] = False
        self.as_(ADMINISTRATOR).call("order.type", "write", types, plain)
        for model in CONFIGURATION:
            self._archive(model)

    def _archive(self, model):
        active = self.search(ADMINISTRATOR, model, ("active", "=", True))
        self.as_(ADMINISTRATOR).call(model, "write", active, {"active": False})

    def switch_on(self, *codes):
        """Switch procedures on from their pages, one after another."""
        for code in codes:
            self._switch(code, "on")
            self._pages.append(code)

    def switch_off(self):
        while self._pages:
            self._switch(self._pages.pop(), "off")

    def _switch(self, code, mode):
        admin = self.as_(ADMINISTRATOR)
        (procedure,) = admin.call("order.procedure", "search", [("code", "=", code)])
        opens = "action_open_switch" if mode == "on" else "action_open_switch_off"
        action = admin.call("order.procedure", opens, [procedure])
        page = action["res_id"]
        parts = self.read(ADMINISTRATOR, "order.procedure.switch", page, "part_ids")
        chosen = self.search(
            ADMINISTRATOR,
            "order.procedure.switch.part",
            ("id", "in", parts),
            ("is_chosen", "=", True),
        )
        if chosen:
            admin.call("order.procedure.switch", "action_apply", [page])
        if mode == "on":
            state = self.read(ADMINISTRATOR, "order.procedure", procedure, "state")
            assert state in {"on", "people"}, f"{code}: {state}"

    # -- orders ------------------------------------------------------------------------

    def enter(self, product="demo_pump_isg50", quantity=3, login=ASSISTANT, **values):
        """Return a new order, complete and not yet submitted."""
        values = {
            "partner_id": self.ref("demo_customer_water"),
            "user_id": self.ref("demo_user_salesman"),
            "order_channel_id": self.ref("order_channel_email"),
            "payment_term_id": self.ref("demo_terms_monthly"),
            "packing_requirements": "木箱包装",
            "wanted_date": str(date.today() + timedelta(days=60)),
            "order_line": [
                (
                    0,
                    0,
                    {"product_id": self.ref(product), "product_uom_qty": quantity},
                )
            ],
            **values,
        }
        (order,) = self.as_(login).call("sale.order", "create", [values])
        return order

    def submit(self, order, login=ASSISTANT, model="sale.order"):
        self.do(login, model, "action_review_submit", order)

    def sign(self, order, *signers, decision="agree", opinion=""):
        """Have these people decide one after another, each from his own list."""
        for login in signers:
            decided = sign(self.as_(login), [order], decision, opinion)
            assert decided == 1, f"{login}: {decided} seats"

    def decide(self, login, model, document, decision="agree", opinion=""):
        """Somebody decides on all that waits for him of a document; return how many
        seats."""
        tasks = self.as_(login).call(
            "order.review.task",
            "search_read",
            [
                ("is_mine", "=", True),
                ("review_id.res_model", "=", model),
                ("review_id.res_id", "=", document),
            ],
            ["review_id", "digest"],
        )
        if tasks:
            ids = [task["id"] for task in tasks]
            seen = {str(task["review_id"][0]): task["digest"] for task in tasks}
            acts = "order.review.task"
            self.do(login, acts, "action_sign", ids, decision, seen, opinion)
        return len(tasks)

    def has_to_sign(self, login, order):
        return bool(my_tasks(self.as_(login), [order])[0])

    def approved(self, **values):
        """Return a new standard order that everybody has agreed to."""
        order = self.enter(**values)
        self.submit(order)
        self.agree_all(order)
        return order

    def form_contract(self, order):
        """The general manager approves the contract, the departments countersign."""
        self.submit(order, SUPERVISOR)
        self.sign(order, GENERAL_MANAGER, PRODUCER, BUYER, ENGINEER)
        assert self.order(order, "review_state") == "approved"

    def review_projects(self, change=4):
        """Projects are orders of the route of P26: the demo took them out of it."""
        kind = self.ref("order_type_project")
        route = self.ref("order_review_route_p26")
        types = {"order_type_ids": [(change, kind)]}
        self.do(ADMINISTRATOR, "order.review.route", "write", route, types)

    def agree_all(self, order):
        """Everybody on the route of two steps agrees."""
        self.sign(order, SALESMAN, SUPERVISOR, *COUNTERSIGNERS)
        assert self.order(order, "review_state") == "approved"

    def confirm(self, order, login=SUPERVISOR):
        self.do(login, "sale.order", "action_confirm", order)

    def order(self, order, *fields, login=SUPERVISOR):
        return self.read(login, "sale.order", order, *fields)

    def words_of(self, order):
        """Return what is told about an order, the newest words first."""
        told = self.as_(SUPERVISOR).call(
            "mail.message",
            "search_read",
            [("model", "=", "sale.order"), ("res_id", "=", order)],
            ["body", "subject", "message_type"],
        )
        return "\n".join(f"{message['subject']} {message['body']}" for message in told)

    # -- in writing --------------------------------------------------------------------

    def scan(self, login, name="扫描件.png"):
        """Return a file that somebody uploads."""
        (file,) = self.as_(login).call(
            "ir.attachment", "create", [{"name": name, "datas": PICTURE}]
        )
        return file

    def comes_back(self, order, kind):
        """What the customer signed is registered and found legible by the clerk."""
        scan = self.scan(CLERK)
        self.do(
            CLERK, "sale.order", "action_register_return", order, kind, "陈建军", [scan]
        )
        waiting = self.search(
            CLERK,
            "order.statement",
            ("order_id", "=", order),
            ("check_state", "=", "to_check"),
        )
        self.do(CLERK, "order.statement", "action_accept", waiting)
        self.work()

    def state_in_writing(self, order):
        """Engineering and purchasing confirm technique and material."""
        for login, kind, words in (
            (ENGINEER, "technical", "按 T-118 图改制"),
            (BUYER, "material", "材料库存，无需请购"),
        ):
            self.do(login, "sale.order", "action_state_in_writing", order, kind, words)
        self.work()

    def of_type(self, name, reason, **values):
        """Return a new order that the supervisor has entered and classified."""
        kind = {
            "order_type_id": self.ref(f"order_type_{name}"),
            "order_type_reason": reason,
        }
        return self.enter(login=SUPERVISOR, **kind, **values)

    # -- goods -------------------------------------------------------------------------

    def release(self, order, *signers):
        """Sales asks for the shipment, these people sign it; return the release.
        Goods of a customer of class A leave by contract: nobody is asked (P28)."""
        self.do(SALESMAN, "sale.order", "action_request_shipping", order)
        (release,) = self.search(
            SALESMAN, "order.shipping.release", ("order_id", "=", order)
        )
        self.do(SALESMAN, "order.shipping.release", "action_request", release)
        state = self.read(SALESMAN, "order.shipping.release", release, "state")
        for login in signers if state != "released" else ():
            assert self.decide(login, "order.shipping.release", release), login
        self.work()
        return release

    def stock(self, product="demo_pump_isg50", quantity=200):
        """The warehouse counts so many pieces: enough for what others ordered too.

        :param product: the name of one of the demo, or the id of another
        """
        warehouse = self.ref("demo_warehouse")
        place = self.read(SYSTEM, "stock.warehouse", warehouse, "lot_stock_id")[0]
        counted = {
            "product_id": self.ref(product) if isinstance(product, str) else product,
            "location_id": place,
            "inventory_quantity": quantity,
        }
        context = {
            "inventory_mode": True,
            "allowed_company_ids": [self.ref("demo_company")],
        }
        boss = self.as_(SYSTEM)
        quants = boss.call("stock.quant", "create", [counted], context=context)
        boss.call("stock.quant", "action_apply_inventory", quants, context=context)

    def transfers(self, order):
        return self.search(
            WAREHOUSE,
            "stock.picking",
            ("sale_id", "=", order),
            ("state", "not in", ["cancel", "done"]),
        )

    def ship(self, order):
        """The warehouse sends what is open of an order, all of it; return the
        transfers."""
        transfers = self.transfers(order)
        assert transfers, "nothing to ship"
        self.do(WAREHOUSE, "stock.picking", "action_assign", transfers)
        self.do(WAREHOUSE, "stock.picking", "button_validate", transfers)
        for transfer in transfers:
            assert self.read(WAREHOUSE, "stock.picking", transfer, "state") == "done"
        return transfers

    def receive_signed(self, transfer, clerk=CLERK):
        """The customer's signed note comes back and is filed as a scan."""
        scan = self.scan(clerk, "回单.png")
        page = {
            "picking_id": transfer,
            "received_by": "收货人",
            "evidence_ids": [(6, 0, [scan])],
        }
        model = "order.delivery.receipt.wizard"
        (page,) = self.as_(clerk).call(model, "create", [page])
        self.do(clerk, model, "action_confirm", page)
        self.work()

    # -- money -------------------------------------------------------------------------

    def pay_deposit(self, order):
        """Sales asks for the deposit, finance posts and receives it."""
        action = self.do(SALESMAN, "sale.order", "action_deposit_invoice", order)
        self.do(FINANCE, "account.move", "action_post", action["res_id"])
        self.pay(action["res_id"])

    def invoice(self, order):
        """Sales makes the invoice, finance posts it; return it."""
        model = "sale.advance.payment.inv"
        page = {
            "sale_order_ids": [(6, 0, [order])],
            "advance_payment_method": "delivered",
        }
        (page,) = self.as_(SALESMAN).call(model, "create", [page])
        before = set(self.order(order, "invoice_ids"))
        self.do(SALESMAN, model, "create_invoices", page)
        (invoice,) = set(self.order(order, "invoice_ids")) - before
        self.do(FINANCE, "account.move", "action_post", invoice)
        return invoice

    def pay(self, invoice):
        """Finance registers the whole payment."""
        context = {"active_model": "account.move", "active_ids": [invoice]}
        (page,) = self.as_(FINANCE).call(
            "account.payment.register", "create", [{}], context=context
        )
        self.do(
            FINANCE,
            "account.payment.register",
            "action_create_payments",
            page,
            context=context,
        )
        self.work()

    # -- paper -------------------------------------------------------------------------

    def review_of(self, document, model="sale.order"):
        (review,) = self.search(
            DEPUTY, "order.review", ("res_model", "=", model), ("res_id", "=", document)
        )
        return review

    def sheet(self, order, login=DEPUTY):
        """Return the text of the review sheet F03."""
        return self.paper(login, "report_f03_review_sheet", self.review_of(order))

    def paper(self, login, report, record):
        """Print a form of ours and return its text, without spaces."""
        with TemporaryDirectory() as folder:
            file = Path(folder) / "paper.pdf"
            save_pdf(self.as_(login), f"order_process_cn.{report}", [record], file)
            return read_pdf(file)
