from datetime import datetime
from unittest.mock import patch

from freezegun.api import freeze_time  # the whole of it: Odoo keeps a part

from odoo import Command
from odoo.sql_db import BaseCursor
from odoo.tests.test_cursor import TestCursor

from ..money.money_common import MoneyCommon
from .screens import shared_fields

# a Monday morning in China
BEGINNING = "2026-03-02 02:00:00"


class WalkSurroundings(MoneyCommon):
    """A small factory with everything that can happen around an order: people who
    sign, pay and ship, a limit of credit, a rate, goods from stock and made to order.
    The clock stands still unless an act moves it."""

    @classmethod
    def setUpClass(cls):
        clock = freeze_time(BEGINNING, ignore=["hypothesis"])
        cls.clock = clock.start()
        cls.addClassCleanup(clock.stop)
        for cursor in (BaseCursor, TestCursor):
            # every act is a transaction of its own, which begins when it happens
            now = patch.object(cursor, "now", lambda _self: datetime.now())
            cls.startClassPatcher(now)
        super().setUpClass()
        cls._watch_memory()
        cls.rule.active = False
        cls.company.write(
            {"account_use_credit_limit": True, "order_effect_grace_hours": 24}
        )
        cls.env.ref("account.account_payment_term_immediate").active = True
        cls._make_goods()
        cls._make_people()
        cls._make_procedures()
        cls.shared_fields = shared_fields(cls.env)
        cls.bystander = cls._order()

    @classmethod
    def _watch_memory(cls):
        """Note which parts of what the process remembers have become stale since the
        walk began: a rollback makes them so again."""
        cls.stale = set()
        clear = cls.registry.clear_cache

        def noting(*names):
            cls.stale.update(names or ("default",))
            clear(*names)

        cls.startClassPatcher(patch.object(cls.registry, "clear_cache", noting))

    def forget(self):
        """Forget what may have been remembered of something that is undone now."""
        if self.stale:
            self.registry.clear_cache(*self.stale)

    @classmethod
    def _make_goods(cls):
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        to_order = cls.env.ref("stock.route_warehouse0_mto")
        to_order.active = True
        manufacture = cls.warehouse.manufacture_pull_id.route_id
        cls.pump, cls.made, cls.part = cls.env["product.product"].create(
            [
                {"name": "Pump", "is_storable": True, "specification": "DN50"},
                {
                    "name": "Made Pump",
                    "is_storable": True,
                    "specification": "DN80",
                    "route_ids": [Command.set((to_order + manufacture).ids)],
                },
                {"name": "Part", "is_storable": True, "specification": "M8"},
            ]
        )
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.made.product_tmpl_id.id,
                "bom_line_ids": [Command.create({"product_id": cls.part.id})],
            }
        )
        for goods in (cls.pump, cls.part):
            cls.env["stock.quant"]._update_available_quantity(
                goods, cls.warehouse.lot_stock_id, 1000
            )

    @classmethod
    def _make_people(cls):
        cls.seller = cls.salesman
        cls.keeper = cls._user("keeper", "stock.group_stock_user,mrp.group_mrp_user")
        cls.chief = cls._user(
            "chief",
            "sales_team.group_sale_manager,order_process_cn.order_group_type_override",
        )
        cls.colleagues = {
            name: cls._user(f"{name}_2", "base.group_user")
            for name in ("engineering", "purchase")
        }
        for name, user in cls.colleagues.items():
            cls.departments[name].member_ids = [Command.link(user.id)]
        cls.departments["finance"].member_ids = cls.accountant

    @classmethod
    def _make_procedures(cls):
        limit = [
            ("gm", {"domain": "[('is_over_credit', '=', True)]"}),
            ("deputy", {"amount_from": 60000}),
        ]
        stages = [
            cls._stage("Check", "sales", sequence=1),
            cls._stage("Countersign", "engineering", "purchase", sequence=2),
            *(
                cls._stage(name, name, sequence=number, **values)
                for number, (name, values) in enumerate(limit, start=3)
            ),
        ]
        types = cls.env["order.type"].create(
            [
                {"name": "Plain", "sequence": 2},
                {"name": "Careful", "sequence": 3, "requires_technical": True},
                {"name": "Free", "sequence": 4},
            ]
        )
        cls.free_type = types[2]
        cls.types = {"plain": types[0], "careful": types[1], "foreign": types[0]}
        cls.walk_route = cls._make_route(
            stages, name="Walk", order_type_ids=[Command.set(types[:2].ids)]
        )
        cls.rule = cls._rule(
            active=True, order_type_ids=[Command.set(types[1].ids)], percent=30
        )

    def _entered(self, kind):
        """Return an order as the salesperson has entered it, for a customer of its
        own."""
        customer = self.partner.copy({"name": f"Customer {kind}"})
        customer.with_company(self.company).credit_limit = 50000
        values = {}
        if kind == "foreign":
            values["pricelist_id"] = (
                self.env["product.pricelist"]
                .create({"name": "USD", "currency_id": self.usd.id})
                .id
            )
        order = self._order(
            partner_id=customer.id,
            order_line=[
                Command.create(
                    {
                        "product_id": goods.id,
                        "product_uom_qty": quantity,
                        "price_unit": price,
                    }
                )
                for goods, quantity, price in (
                    (self.pump, 4, 1000),
                    (self.made, 3, 2000),
                )
            ],
            **values,
        ).sudo()
        order.order_type_id = self.types[kind]
        return self.env["sale.order"].browse(order.id)
