import re

from odoo import Command

from ...models.effect.take_back import get_all_productions, get_all_purchases
from ..common import OrderCommon
from ..hold.hold_common import HoldMixin

OPEN = {"draft", "confirmed", "progress", "to_close"}
CLOSED = {"done", "cancel"}


class ReachCommon(HoldMixin, OrderCommon):
    """One product for each way in which goods are got for an order, an order under a
    procedure with one seat, and what people do with both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.route.active = False
        cls.route = cls._make_route([cls._stage("Check", "sales")])
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.mto = cls.env.ref("stock.route_warehouse0_mto")
        cls.mto.active = True
        cls.vendor = cls.env["res.partner"].create({"name": "Supplier"})
        cls.sales_manager = cls._user(
            "holder",
            "sales_team.group_sale_salesman_all_leads,order_process_cn.order_group_hold",
        )
        names = {
            "pump": "Pump",
            "casing": "Casing",
            "ore": "Ore",
            "valve": "Valve",
            "kit": "Set",
            "gear": "Gear",
            "stock": "Shelf Pump",
            "blank": "Blank",
            "bracket": "Bracket",
            "bolt": "Bolt",
        }
        products = cls.env["product.product"].create(
            [
                {
                    "name": name,
                    "is_storable": name != "Set",
                    "specification": "DN50",
                    "list_price": 100,
                    "route_ids": [Command.clear()],
                }
                for name in names.values()
            ]
        )
        cls.goods = dict(zip(names, products, strict=True))
        cls._make_bills()

    @classmethod
    def _make_bills(cls):
        goods = cls.goods
        make = cls.warehouse.manufacture_pull_id.route_id
        buy = cls.warehouse.buy_pull_id.route_id
        (goods["pump"] + goods["casing"]).route_ids = cls.mto + make
        (goods["ore"] + goods["valve"] + goods["gear"]).route_ids = cls.mto + buy
        shelf = cls._make_shelf_route()
        goods["bracket"].route_ids = shelf + make
        goods["bolt"].route_ids = shelf + buy
        for name in ("ore", "valve", "gear", "bolt"):
            goods[name].seller_ids = [Command.create({"partner_id": cls.vendor.id})]
        cls._bill("pump", {"casing": 2})
        cls._bill("casing", {"ore": 1})
        cls._bill("bracket", {"stock": 1})
        cls._bill("kit", {"casing": 2, "valve": 3}, type="phantom")
        cls._bill(
            "gear",
            {"blank": 1},
            type="subcontract",
            subcontractor_ids=[Command.set(cls.vendor.ids)],
        )
        kept = cls.company.subcontracting_location_id
        cls._put("blank", 500, kept)
        for name, quantity in (("stock", 500), ("bracket", 3), ("bolt", 3)):
            cls._put(name, quantity)

    @classmethod
    def _make_shelf_route(cls):
        """Return the route of what leaves from the shelf first, and of which only the
        rest is made or bought."""
        rule = cls.warehouse.delivery_route_id.rule_ids.filtered(
            lambda rule: (
                rule.location_src_id == cls.warehouse.lot_stock_id
                and rule.location_dest_id.usage == "customer"
            )
        )
        route = cls.env["stock.route"].create({"name": "Shelf First"})
        rule.copy({"route_id": route.id, "procure_method": "mts_else_mto"})
        return route

    @classmethod
    def _put(cls, name, quantity, place=None):
        cls.env["stock.quant"]._update_available_quantity(
            cls.goods[name], place or cls.warehouse.lot_stock_id, quantity
        )

    @classmethod
    def _bill(cls, name, parts, **values):
        return cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.goods[name].product_tmpl_id.id,
                "bom_line_ids": [
                    Command.create(
                        {"product_id": cls.goods[part].id, "product_qty": quantity}
                    )
                    for part, quantity in parts.items()
                ],
                **values,
            }
        )

    # -- the order ---------------------------------------------------------------------

    def _enter(self, name, quantity, **values):
        return self._order(
            order_line=[
                Command.create(
                    {
                        "product_id": self.goods[name].id,
                        "product_uom_qty": quantity,
                        "price_unit": 100,
                        **values,
                    }
                )
            ]
        )

    def _approve(self, order=None, **values):
        if order.review_state != "approved":
            self._submit(order)
        self._sign_open(order)
        return order

    def _sign_open(self, order):
        if order.with_user(self.supervisor)._my_open_tasks():
            self._sign(order, "sales")
            self._end_of_transaction()
        order.sudo()._launch_growth()  # what the worker does next
        self._begin()

    def _start(self, name, quantity, **values):
        """Return an order of ``quantity`` in force."""
        order = self._enter(name, quantity, **values)
        self._play(order, "confirm")
        return order

    # -- what people do ----------------------------------------------------------------

    def _play(self, order, act):
        """Do one thing, in a transaction of its own as far as a test has one.

        :param act: a quantity, a name of an act, or both as ``"name quantity"``
        """
        if isinstance(act, str):
            name, _space, number = act.partition(":")
            arguments = [float(number)] if number else []
            getattr(self, f"_act_{name.replace(' ', '_')}")(order, *arguments)
        else:
            self._act_quantity(order, act)
        self._end_of_transaction()
        self._begin()

    def _write_line(self, order, line, **values):
        edit = [Command.update(line.id, values)]
        self._rpc(self.salesman, order, "write", {"order_line": edit})
        self._end_of_transaction()

    def _act_quantity(self, order, quantity):
        """Change the quantity; whoever has to sign does."""
        self._act_unsigned(order, quantity)
        if order.state == "sale":
            self._sign_open(order)

    def _act_unsigned(self, order, quantity):
        self._write_line(order, order.order_line[0], product_uom_qty=quantity)

    def _act_sign(self, order):
        self._sign_open(order)

    def _act_price(self, order, price):
        self._write_line(order, order.order_line[0], price_unit=price)

    def _act_unit(self, order, number=0):
        line = order.order_line[0]
        units = self.env.ref("uom.product_uom_unit") + self.env.ref(
            "uom.product_uom_dozen"
        )
        self._write_line(order, line, product_uom_id=(units - line.product_uom_id).id)

    def _act_date(self, order):
        self._rpc(self.salesman, order, "write", {"commitment_date": "2030-07-01"})

    def _act_lead(self, order):
        self._write_line(order, order.order_line[0], customer_lead=9)

    def _act_line(self, order, quantity):
        """Add a line of the same goods."""
        product = order.order_line[0].product_id
        values = {"product_id": product.id, "product_uom_qty": quantity}
        self._rpc(
            self.salesman,
            order,
            "write",
            {"order_line": [Command.create({**values, "price_unit": 100})]},
        )
        self._end_of_transaction()

    def _act_confirm(self, order):
        self._approve(order)
        self._rpc(self.salesman, order, "action_confirm")

    def _act_cancel(self, order):
        self._rpc(self.salesman, order, "action_cancel")

    def _act_draft(self, order):
        self._rpc(self.salesman, order, "action_draft")

    def _act_hold(self, order):
        self._suspend(order)

    def _act_resume(self, order):
        self._resume(order)
        order.sudo()._launch_growth()

    def _open_deliveries(self, order):
        return self._out_moves(order).filtered(lambda m: m.state not in CLOSED)

    def _act_reopen(self, order):
        if order.state != "cancel":
            return
        self._act_draft(order)
        self._end_of_transaction()
        self._act_confirm(order)

    def _act_cancel_delivery(self, order):
        self._open_deliveries(order).picking_id.action_cancel()

    def _act_deliver(self, order, quantity):
        """Part of it leaves, the rest follows."""
        self._leave(order, quantity, cancel_backorder=False)

    def _act_deliver_and_close(self, order, quantity):
        self._leave(order, quantity, cancel_backorder=True)

    def _leave(self, order, quantity, cancel_backorder):
        move = self._open_deliveries(order)[:1]
        quantity = min(quantity, move.quantity)
        if quantity > 0:
            picking = move.picking_id
            picking.move_ids.picked = False
            move.write({"quantity": quantity, "picked": True})
            picking.with_context(
                skip_backorder=True,
                picking_ids_not_to_backorder=cancel_backorder and picking.ids,
            ).button_validate()

    def _open_productions(self, order):
        """Return the open productions of what is sold."""
        return get_all_productions(order.sudo()).filtered(
            lambda p: p.product_id in order.order_line.product_id and p.state in OPEN
        )

    def _act_start(self, order):
        """The first production order begins."""
        self._open_productions(order).sorted("id")[:1].qty_producing = 1

    def _act_produce(self, order, quantity):
        """Part of what is made is done, the rest is a backorder."""
        production = self._open_productions(order).sorted("id")[:1]
        if production:
            rest = quantity < production.product_qty
            production.qty_producing = min(quantity, production.product_qty)
            production._set_qty_producing()
            production.with_context(
                skip_backorder=True,
                skip_consumption=True,
                mo_ids_to_backorder=production.ids if rest else [],
            ).button_mark_done()

    def _act_cancel_production(self, order):
        self._open_productions(order).action_cancel()

    def _act_buy(self, order):
        """The buyer confirms what he is to buy."""
        purchases = get_all_purchases(order.sudo())
        purchases.filtered(lambda p: p.state in {"draft", "sent"}).button_confirm()

    def _act_receive(self, order):
        for purchase in get_all_purchases(order.sudo()):
            for picking in purchase.picking_ids.filtered(
                lambda p: p.state not in CLOSED
            ):
                picking.move_ids.filtered(lambda m: m.state not in CLOSED).picked = True
                picking.button_validate()

    # -- what came of it ---------------------------------------------------------------

    def _out_moves(self, order):
        """Return the moves that leave the stock for the customer."""
        return order.sudo().order_line.move_ids.filtered(
            lambda move: (
                move.location_id == self.warehouse.lot_stock_id
                and (move.location_final_id or move.location_dest_id)._is_outgoing()
            )
        )

    def _count(self, order):
        """Return what is on its way, ``{name: quantity}`` without what is nothing."""
        found = {}
        for move in self._out_moves(order).filtered(lambda m: m.state != "cancel"):
            done = move.state == "done"
            name = f"out {self._name(move.product_id)}"
            uom, unit = move.product_uom, move.product_id.uom_id
            quantity = move.quantity if done else move.product_uom_qty
            found[name] = found.get(name, 0) + uom._compute_quantity(quantity, unit)
        for production in get_all_productions(order.sudo()).filtered(
            lambda p: p.bom_id.type != "subcontract"
        ):
            name = f"make {self._name(production.product_id)}"
            found[name] = found.get(name, 0) + production.product_uom_qty
        for line in get_all_purchases(order.sudo()).order_line:
            name = f"buy {self._name(line.product_id)}"
            found[name] = found.get(name, 0) + line.product_uom_qty
        return {name: quantity for name, quantity in found.items() if quantity}

    def _name(self, product):
        return next(name for name, own in self.goods.items() if own == product)

    def _todos(self, order):
        """Return what people are told to reduce, ``{document: [(product, from, to)]}``
        in the units of the products."""
        told = {}
        for get_all in (get_all_productions, get_all_purchases):
            documents = get_all(order.sudo())
            for todo in documents.activity_ids.filtered(
                lambda one: (one.order_todo_key or "").startswith("reach")
            ):
                first, last = re.findall(r"([\d.]+) → ([\d.]+)", todo.summary)[0]
                document = self.env[todo.res_model].browse(todo.res_id)
                supply = document
                if document._name == "purchase.order":
                    number = int(todo.order_todo_key.split(".")[1])
                    supply = document.order_line.browse(number)
                quantities = [
                    supply.product_uom_id._compute_quantity(
                        float(quantity), supply.product_id.uom_id
                    )
                    for quantity in (first, last)
                ]
                told.setdefault(document, []).append((supply.product_id, *quantities))
        return told
