"""[PRC-6] From “installed” to the first approved order on an empty company, by what the
screens offer and nothing else. Reports the clicks."""

import re

import pytest
from steps import PANEL

from devkit.rpc import Session

DATABASE = "plain"
SERVER = {"cron_threads": 0}
ADMIN = "admin"
PEOPLE = {"王工": "engineering", "赵品": "quality"}
# who is named for the seats that nobody has: whoever is there is known by his name
SEATS = {
    "P17": ("王工", "赵品", "王工", "赵品"),
    "P10": ("李经理", "刘副总", "郑会计", "黄总"),
}
# logins of everybody included
MOST_CLICKS = {"sample": 16, "own order": 30, "P10 on top": 12, "P17 on top": 12}
AGREE = ":is(button[name=action_ask_agree], button[name=action_review_agree]):visible"


class Person:
    """Somebody at a screen, whose clicks and fields are counted."""

    def __init__(self, page, counts):
        self.page, self.counts = page, counts

    def click(self, selector):
        self.page.locator(selector).first.click()
        self.counts["clicks"] += 1

    def fill(self, selector, text):
        self.page.locator(selector).first.fill(text)
        self.counts["fields"] += 1

    def log_in(self, login, password):
        self.page.goto("/web/login")
        self.fill("input[name=login]", login)
        self.fill("input[name=password]", password)
        self.click(".oe_login_form button[type=submit]")
        self.page.wait_for_selector(".o_web_client .o_main_navbar")

    def open_app(self):
        self.click(".o_navbar_apps_menu button")
        self.click("[data-menu-xmlid='order_process_cn.order_menu_root']")
        self.page.wait_for_selector(".o_action_manager .o_list_view")

    def sign_only(self):
        """Agree to the only document that waits: the tray leads to it."""
        self.click(".o_order_waiting button")
        self.click(AGREE)
        self.page.wait_for_selector(AGREE, state="hidden")

    def name_people(self, names):
        """Name somebody for each seat that has nobody: one click, then the enter key
        leads from row to row."""
        rows = "div[name=seat_ids] .o_data_row"
        self.page.wait_for_selector(rows)
        people = self.page.locator(f"{rows} td[name=present]").all_inner_texts()
        begun = False
        for number, present in enumerate(people):
            cell = f"{rows} >> nth={number} >> td[name=user_name]"
            if begun:
                self.page.keyboard.press("Enter")
                self.page.wait_for_selector(f"{cell} >> input")
            elif not present.strip():
                self.click(cell)
                begun = True
            if not present.strip():
                self.fill(f"{cell} >> input", next(names))

    def pick(self, field, words, place=""):
        """Choose a record by its name."""
        self.fill(f"{place} .o_field_widget[name={field}] input", words)
        self.click(f".o-autocomplete--dropdown-item:has-text('{words}')")

    def new_customer(self, name, phone, street, contact):
        """Enter a company and whom to ask for there, in one dialog."""
        self.fill(".o_field_widget[name=partner_id] input", name)
        self.click(".o-autocomplete--dropdown-item.o_m2o_dropdown_option_create_edit")
        self.click(".modal [name=company_type] input[data-value=company]")
        # the form asks for a company now
        self.page.wait_for_selector(
            ".modal [name=company_type] input:checked[data-value=company]"
        )
        self.click(".modal .o_field_widget[name=child_ids] .o-kanban-button-new")
        self.fill(".modal >> nth=1 >> .o_field_widget[name=name] input", contact)
        self.click(".modal >> nth=1 >> footer .o_form_button_save")
        self.page.locator(".modal >> nth=1").wait_for(state="hidden")
        self.fill(".modal .o_field_widget[name=phone] input", phone)
        self.fill(".modal .o_field_widget[name=street] input", street)
        self.click(".modal footer .o_form_button_save")
        self.page.wait_for_selector(".modal", state="hidden")

    def new_line(self, product, specification, quantity, price):
        self.click(".o_field_x2many_list_row_add a")
        line = ".o_field_widget[name=order_line] tr.o_selected_row"
        self.fill(f"{line} .o_field_widget[name=product_template_id] input", product)
        self.click(".o-autocomplete--dropdown-item.o_m2o_dropdown_option_create")
        # what the product brings has arrived
        self.page.wait_for_selector(f"[name=entry_gaps]:has-text('{product}')")
        self.fill(f"{line} .o_field_widget[name=specification] input", specification)
        self.fill(f"{line} .o_field_widget[name=product_uom_qty] input", str(quantity))
        self.fill(f"{line} .o_field_widget[name=price_unit] input", str(price))

    def read_slip(self):
        """Return ``{login: first password}``, shown once."""
        slip = self.page.wait_for_selector(".modal [name=slip]").inner_text()
        return dict(re.findall(r"登录名 (\S+)，初始密码 (\S+)", slip))


@pytest.fixture
def boss(server):
    return Session(server.url, server.database.name, ADMIN, None)


def test_first_order(open_page, boss, record_property):
    """The administrator is led from the empty first screen to the first steps, names
    two people and switches on. He enters an order of his own, or has a sample made;
    both sign. P10 and P17 are switched on beside it, each tried with a sample. What is
    counted goes from the list of apps to the last signature."""
    speak_chinese(boss)
    routes = boss.call("order.review.route", "search", [("active", "=", True)])
    boss.call("order.review.route", "write", routes, {"active": False})
    walk = Walk(open_page, boss, record_property)
    walk.begin()
    walk.enter_own_order()
    walk.try_sample()
    remove_sample(walk.admin.page)
    assert states_of(boss, ("origin", "!=", False), ("state", "!=", "cancel")) == []
    walk.switch_on_top("P17", signers=("王工", "赵品"))
    walk.switch_on_top("P10", signers=("李经理", "刘副总"))


def speak_chinese(boss):
    """A company in China, before the administrator logs in."""
    boss.call("res.users", "write", [boss.uid], {"lang": "zh_CN"})


class Walk:
    """The way of one company, counted part by part."""

    def __init__(self, open_page, boss, report):
        self.open_page, self.boss, self.report = open_page, boss, report
        self.logins, self.passwords = {}, {}
        self.admin = Person(open_page(), {"clicks": 0, "fields": 0})
        self.page = self.admin.page

    def begin(self):
        self.admin.log_in(ADMIN, ADMIN)
        self.admin.open_app()
        self.admin.click(".o_view_nocontent a[href='/odoo/first-steps']")
        self.remember(switch_on(self.admin, PEOPLE))
        self.begun = dict(self.admin.counts)

    def remember(self, slip):
        self.passwords |= slip
        people = self.boss.call(
            "res.users", "search_read", [("login", "in", list(slip))], ["name", "login"]
        )
        self.logins |= {person["name"]: person["login"] for person in people}

    def enter_own_order(self):
        """Customer and product are new, too."""
        admin = self.admin
        admin.click(".modal footer button[special=cancel]")
        admin.click("button.o_order_enter_own:visible")
        admin.new_customer("东海水务集团", "0571-88001234", "人民路 8 号", "孙经理")
        admin.pick("order_channel_id", "线下合同")
        admin.pick("payment_term_id", "30 天")
        admin.fill(".o_field_widget[name=wanted_date] input", "2030/05/20")
        admin.new_line("立式管道离心泵", "DN50", 3, 1200)
        admin.click("a[role=tab][name=order_requirements]")
        admin.fill(".o_field_widget[name=packing_requirements] textarea", "无")
        admin.click("button[name=action_review_submit]:visible")
        self.page.wait_for_selector(f"{PANEL}[data-state=running]")
        self.sign(PEOPLE)
        assert states_of(self.boss, ("origin", "=", False)) == ["approved"]
        self.conclude("own order")

    def try_sample(self):
        self.admin.counts |= self.begun
        self.page.goto("/odoo/first-steps")
        self.admin.click("button[name=action_make_sample]:visible")
        self.page.wait_for_selector(f"{PANEL}[data-state=running]")
        self.sign(PEOPLE)
        assert states_of(self.boss, ("origin", "!=", False)) == ["approved"]
        self.conclude("sample")

    def switch_on_top(self, code, signers):
        """Another procedure beside those that are in force, from its card to the sample
        of what it asks to be signed, signed. In a small factory one person has several
        seats; who is there already needs no password."""
        self.page.goto("/odoo/first-steps")
        self.admin.counts |= {"clicks": 0, "fields": 0}
        self.admin.click("button:has-text('选择其他制度'):visible")
        card = f".o_kanban_record:has-text('{code}')"
        self.admin.click(f"{card} >> button[name=action_open_switch]")
        make_sample = "button[name=action_make_sample]:visible"
        if set(SEATS[code]) <= self.logins.keys():
            name_and_apply(self.admin, SEATS[code])
        else:
            self.remember(switch_on(self.admin, SEATS[code]))
            make_sample = f".modal footer {make_sample}"
        self.admin.click(make_sample)
        self.page.wait_for_selector(f"{PANEL}[data-state=running]")
        self.sign(signers)
        self.page.reload()
        self.page.wait_for_selector(f"{PANEL}[data-state=approved]")
        self.conclude(f"{code} on top")

    def sign(self, names):
        for name in names:
            signer = Person(self.open_page(), self.admin.counts)
            login = self.logins[name]
            signer.log_in(login, self.passwords[login])
            signer.sign_only()

    def conclude(self, part):
        counts = self.admin.counts
        for what, count in counts.items():
            self.report(f"{part}: {what}", count)
        assert counts["clicks"] <= MOST_CLICKS[part], (part, counts)


def switch_on(admin, names):
    """Name people for the seats of the page that is open, and switch it on; return
    their logins and passwords."""
    name_and_apply(admin, names)
    return admin.read_slip()


def name_and_apply(admin, names):
    admin.page.wait_for_selector("button[name=action_apply]:visible")
    admin.name_people(iter(names))
    admin.click("button[name=action_apply]:visible")


def states_of(boss, *domain):
    found = boss.call("sale.order", "search_read", list(domain), ["review_state"])
    return [order["review_state"] for order in found]


def remove_sample(page):
    page.goto("/odoo/first-steps")
    page.wait_for_selector("button[name=action_remove_sample]:visible").click()
    page.click(".modal footer button.btn-primary")
    page.wait_for_selector("button[name=action_remove_sample]", state="hidden")
