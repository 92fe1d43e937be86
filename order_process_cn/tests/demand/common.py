from datetime import date, datetime

from odoo import Command

from ..common import OrderCommon

MAY, JUNE = date(2030, 5, 1), date(2030, 6, 1)
# by the clock of the company: the 20th of May, 15:00
DUE = datetime(2030, 5, 20, 7, 0)


class DemandCommon(OrderCommon):
    """Two regions with their heads, a model with a cap, and who approves more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False  # orders of the test type are not reviewed
        cls.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.env.registry.clear_cache()
        sales = "sales_team.group_sale_salesman"
        users = cls._new_users(
            {
                "north": sales,
                "south": sales,
                "cap_holder": "order_process_cn.order_group_demand",
            }
        )
        cls.north, cls.south, cls.holder = users.values()
        teams = cls.env["crm.team"]
        teams.search([]).hands_in_demand = False
        cls.regions = teams.create(
            [
                {
                    "name": user.login,
                    "user_id": user.id,
                    "company_id": cls.company.id,
                    "member_ids": [Command.set(user.ids)],
                }
                for user in (cls.north, cls.south)
            ]
        )
        cls.product.is_storable = True
        cls.other = cls.env["product.product"].create(
            {"name": "Other Pump", "is_storable": True}
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.product,
            cls.env["stock.warehouse"]
            .search([("company_id", "=", cls.company.id)], limit=1)
            .lot_stock_id,
            100,
        )

    @classmethod
    def _plan(cls, quantity=5, user=None, kind="month", day=JUNE, **line):
        """Return the plan of one region, with one line, made by its head."""
        user = user or cls.north
        region = cls.regions.filtered(lambda team: team.user_id == user)
        return (
            cls.env["order.demand.plan"]
            .with_user(user)
            .create(
                {
                    "team_id": region.id,
                    "kind": kind,
                    "date_from": day,
                    "line_ids": [cls._need(quantity, **line)],
                }
            )
        )

    @classmethod
    def _need(cls, quantity, product=None, **values):
        return Command.create(
            {"product_id": (product or cls.product).id, "quantity": quantity, **values}
        )

    @classmethod
    def _cap(cls, quantity, scope="model", **values):
        model = cls.product.product_tmpl_id.id if scope == "model" else False
        return cls.env["order.demand.cap"].create(
            {
                "company_id": cls.company.id,
                "scope": scope,
                "product_tmpl_id": model,
                "quantity": quantity,
                **values,
            }
        )

    @classmethod
    def _cycle(cls, **values):
        cycle = cls.env["order.demand.cycle"].create(
            {"name": "Monthly", "company_id": cls.company.id, **values}
        )
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE order_demand_cycle SET in_force_since = '2030-05-01' WHERE id = %s",
            [cycle.id],
        )
        cycle.invalidate_recordset()
        return cycle

    @classmethod
    def _sell(cls, quantity, user=None, **values):
        """Return a confirmed order of one region."""
        user = user or cls.north
        team = cls.regions.filtered(lambda team: team.user_id == user)
        order = cls._order(user=user, quantity=quantity, team_id=team.id, **values)
        order.action_confirm()
        return order.sudo()
