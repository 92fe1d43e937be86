from datetime import date

from odoo import SUPERUSER_ID, Command
from odoo.service.model import call_kw
from odoo.tests import new_test_user

from odoo.addons.sale.tests.common import SaleCommon

from .set_up_once import set_up_once

DEPARTMENTS = ("engineering", "quality", "planning", "purchase", "production")


class OrderCommon(SaleCommon):
    """A company with one user per role and a route: check, then countersign."""

    # a class that says True begins with a company of its own: see set_up_once
    sets_up_alone = False

    @classmethod
    @set_up_once
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        # set up as superuser, whoever other common classes act as; tracking is part of
        # what is tested
        cls.env = cls.env(
            user=SUPERUSER_ID,
            context={
                **cls.env.context,
                "tracking_disable": False,
                "allowed_company_ids": cls.company.ids,
            },
        )
        cls._make_users()
        cls._make_master_data()
        cls.order_type = cls.env["order.type"].create(
            {
                "name": "Reviewed",
                "sequence": 1,
                "rule_ids": [Command.create({"name": "Everything"})],
            }
        )
        # whatever procedures are shipped, a test says what is switched on
        cls.env["order.review.route"].search([]).active = False
        cls.route = cls._make_route()

    def setUp(self):
        self._begin_class()
        super().setUp()

    def _make_scene(self):
        """Make what every test of the class begins with. It is made once, in a
        transaction of its own: what is set on the first test all the others have."""

    def _begin_class(self):
        """Make the scene, before the savepoint to which each test is rolled back."""
        cls = type(self)
        if cls._make_scene is OrderCommon._make_scene or "is_scene_made" in vars(cls):
            return
        own = set(vars(self))
        with self.env.cr.savepoint():
            self._make_scene()
            self._end_of_transaction()
        self._begin()
        for name in vars(self).keys() - own:
            setattr(cls, name, vars(self)[name])
        cls.is_scene_made = True

    @classmethod
    def _make_users(cls):
        sales = "sales_team.group_sale_salesman"
        base = "base.group_user"
        # at once: each user that is made empties what is remembered of people
        users = cls._new_users(
            {
                "assistant": sales,
                "supervisor": "sales_team.group_sale_salesman_all_leads",
                **dict.fromkeys(DEPARTMENTS, base),
                "general_manager": base,
                "deputy_manager": base,
                "clerk": "order_process_cn.order_group_registrar",
                "process_administrator": "order_process_cn.order_group_manager",
            }
        )
        cls.salesman, cls.supervisor = users["assistant"], users["supervisor"]
        cls.signers = {name: users[name] for name in DEPARTMENTS}
        cls.signers["sales"] = cls.supervisor
        cls.gm, cls.deputy = users["general_manager"], users["deputy_manager"]
        cls.clerk = users["clerk"]
        cls.administrator = users["process_administrator"]
        cls.departments = {
            name: cls.env.ref(f"order_process_cn.order_department_{name}")
            for name in (*DEPARTMENTS, "sales", "gm", "deputy", "warehouse", "finance")
        }
        for name, user in cls.signers.items():
            cls.departments[name].write(
                {"member_ids": [Command.set(user.ids)], "head_id": user.id}
            )
        cls.departments["gm"].member_ids = cls.gm
        cls.departments["deputy"].member_ids = cls.deputy

    @classmethod
    def _new_users(cls, groups_of):
        """Return ``{login: user}`` as :meth:`_user` makes them, made at once."""
        users = cls.env["res.users"].create(
            [
                {
                    "login": f"opc_{login}",
                    "name": f"opc_{login} ({groups})",
                    "password": f"opc_{login}",
                    "email": "o.o@example.com",
                    "group_ids": [
                        Command.set([cls.env.ref(g).id for g in groups.split(",")])
                    ],
                    "company_id": cls.company.id,
                    "company_ids": [Command.set(cls.company.ids)],
                }
                for login, groups in groups_of.items()
            ]
        )
        return dict(zip(groups_of, users, strict=True))

    @classmethod
    def _user(cls, login, groups, **values):
        return new_test_user(
            cls.env,
            f"opc_{login}",
            groups=groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            **values,
        )

    @classmethod
    def _make_master_data(cls):
        cls.partner.write({"phone": "021-5555", "street": "1 Pump Road"})
        cls.env["res.partner"].create({"name": "Contact", "parent_id": cls.partner.id})
        cls.product.write({"specification": "DN50", "list_price": 100})
        cls.channel = cls.env.ref("order_process_cn.order_channel_email")
        cls.terms = cls.env.ref("account.account_payment_term_30days")

    @classmethod
    def _make_route(cls, stages=None, **values):
        """Return a route for the test type; ``stages`` as :meth:`_stage` makes them."""
        stages = stages or [
            cls._stage("Check", "sales"),
            cls._stage("Countersign", *DEPARTMENTS),
        ]
        return cls.env["order.review.route"].create(
            {
                "name": "Test Route",
                "active": True,
                "company_id": False,  # for every company, as what is shipped
                "order_type_ids": [Command.set(cls.order_type.ids)],
                "stage_ids": [Command.create(stage) for stage in stages],
                **values,
            }
        )

    @classmethod
    def _stage(cls, name, *departments, seats=(), **values):
        """Return the values of a stage with one seat for each department."""
        return {
            "name": name,
            "sequence": values.pop("sequence", 10),
            "seat_ids": [
                Command.create(
                    {
                        "source": "department",
                        "department_id": cls.departments[department].id,
                        "sequence": number,
                    }
                )
                for number, department in enumerate(departments)
            ]
            + [Command.create(seat) for seat in seats],
            **values,
        }

    @classmethod
    def _order(cls, user=None, quantity=2, price=100.0, lines=1, **values):
        """Return a complete quotation entered by ``user`` (the assistant)."""
        user = user or cls.salesman
        return (
            cls.env["sale.order"]
            .with_user(user)
            .create(
                {
                    "partner_id": cls.partner.id,
                    "user_id": user.id,
                    "order_channel_id": cls.channel.id,
                    "wanted_date": date(2030, 5, 20),
                    "payment_term_id": cls.terms.id,
                    "packing_requirements": "Wooden case",
                    "order_line": [
                        Command.create(
                            {
                                "product_id": cls.product.id,
                                "product_uom_qty": quantity,
                                "price_unit": price,
                            }
                        )
                        for _line in range(lines)
                    ],
                    **values,
                }
            )
        )

    # -- acting ------------------------------------------------------------------------

    def _submit(self, order=None, user=None, **values):
        order = order or self._order(**values)
        order.with_user(user or self.salesman).action_review_submit()
        return order

    def _sign(self, order, *names, decision="agree", **given):
        """Have the named departments (or users) decide their open seat."""
        for name in names:
            user = self.signers[name] if isinstance(name, str) else name
            tasks = order.with_user(user)._my_open_tasks()
            self.assertTrue(tasks, f"{user.login} has nothing to sign")
            tasks.action_sign(decision, self._digest(order), **given)
        return order

    def _approve(self, order=None, **values):
        """Take an order through the test route."""
        order = self._submit(order, **values)
        self._sign(order, "sales", *DEPARTMENTS)
        self.assertEqual(order.review_state, "approved")
        return order

    def _form_specification(self, order):
        """Return what the form asks for, of ``order`` and of its lines."""
        form = self.env.ref("sale.view_order_form")
        models = order.get_views([(form.id, "form")])["models"]
        shown = {model: dict.fromkeys(models[model]["fields"], {}) for model in models}
        return shown["sale.order"] | {
            "order_line": {"fields": shown["sale.order.line"]}
        }

    @staticmethod
    def _digest(order):
        return order.sudo().review_id.digest

    def _rpc(self, user, records, method, *args, **kwargs):
        """Call a public method the way a client does."""
        model = records.with_user(user).with_context({})
        ids = [records.ids] if records else []
        result = call_kw(model.browse(), method, [*ids, *args], kwargs)
        self.env.flush_all()
        return result

    def _states(self, order):
        """Return ``{seat: state}`` of the seats in force."""
        return {
            task.name: task.state
            for task in order.sudo().review_id.task_ids
            if task.state not in {"skipped", "removed"}
        }

    def _run_worker(self):
        """Run the recheck worker as the scheduler does, after what was done so far."""
        self._end_of_transaction()
        with self.enter_registry_test_mode():
            self.env.ref("order_process_cn.order_recheck_cron").method_direct_trigger()
        self.env.invalidate_all()

    def _begin(self):
        """Start as a request does: everything stored, nothing of records remembered."""
        self.env.flush_all()
        self.env.invalidate_all()

    def _end_of_transaction(self):
        """Do what a request does just before it commits."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.flush_all()
