"""Edits of every fact, by every road a client has."""

from odoo import Command

from ....models.sale_review.sale_order_fact_table import LINE_FACTS, ORDER_FACTS
from .registry import act

QUANTITIES = (1, 3, 5, 8, 40, 2.5)
PRICES = (1000, 900, 1, 9000)
DISCOUNTS = (0, 10, 100)
DATES = ("2030-05-20", "2030-06-01", "2026-03-05", False)
WORDS = ("One", "Two", False)


def own(table):
    """Return the fields of the document itself that a table of facts names."""
    return sorted(
        {name for names in table.values() for name in names if "." not in name}
        - {"company_id", "display_type"}
    )


ORDER_FIELDS = own(ORDER_FACTS)
LINE_FIELDS = own(LINE_FACTS)


@act(weight=3)
def edit_order(walk, which, what):
    name = walk.one_of(ORDER_FIELDS, 10 * which + what // 4)
    change(walk, walk.order, {name: value_of(walk, walk.order, name, what)}, what)


@act(weight=3)
def edit_line(walk, which, what):
    line = walk.line(what)
    name = walk.one_of(LINE_FIELDS, which)
    change(walk, line, {name: value_of(walk, line, name, what)}, what)


@act(weight=4)
def edit_quantity(walk, which, what):
    values = {"product_uom_qty": walk.one_of(QUANTITIES, what)}
    change(walk, walk.line(which), values, which)


@act(weight=2)
def edit_price(walk, which, what):
    change(walk, walk.line(which), {"price_unit": walk.one_of(PRICES, what)}, which)


@act()
def edit_unit(walk, which, what):
    line = walk.line(which)
    unit = walk.one_of((walk.case.dozen, line.product_id.uom_id), what)
    change(walk, line, {"product_uom_id": unit.id, "product_uom_qty": 2}, which)


@act(weight=2)
def add_line(walk, which, what):
    goods = walk.one_of((walk.case.pump, walk.case.made), which)
    values = {"product_id": goods.id, "product_uom_qty": what + 1, "price_unit": 10}
    values["specification"] = "DN50"
    seller = walk.case.seller
    if what % 2:
        walk.rpc(seller, walk.order, "write", {"order_line": [Command.create(values)]})
    else:
        values |= {"order_id": walk.order.id}
        walk.rpc_model(seller, "sale.order.line", "create", [values])


@act()
def remove_line(walk, which, what):
    if len(walk.order.order_line) > 1:
        walk.rpc(walk.case.seller, walk.line(which), "unlink")


@act()
def agree_deposit(walk, which, what):
    values = {"deposit_agreed": walk.one_of((0, 500, 9000), which)}
    walk.rpc(walk.case.sales_manager, walk.order, "write", values)


@act()
def other_type(walk, which, what):
    kind = walk.one_of(sorted(walk.case.types), which)
    values = {
        "order_type_id": walk.case.types[kind].id,
        "order_type_reason": "Better",
    }
    walk.rpc(walk.case.chief, walk.order, "write", values)


# -- roads -----------------------------------------------------------------------------


def change(walk, record, values, road):
    """Have the salesperson write ``values`` by one of the roads of a client."""
    roads = (by_write, by_form, by_import, by_order)
    walk.one_of(roads, road)(walk, record, values)


def by_write(walk, record, values):
    walk.rpc(walk.case.seller, record, "write", values)


def by_form(walk, record, values):
    walk.rpc(walk.case.seller, record, "web_save", values, {"id": {}})


def by_import(walk, record, values):
    ((name, value),) = list(values.items())[:1]
    field = record._fields[name]
    if field.type == "many2one":
        name += "/.id"
    elif field.type not in {"char", "text", "float", "integer", "date"}:
        return by_write(walk, record, values)
    row = [str(record.id), "" if value is False else str(value)]
    result = walk.rpc_model(
        walk.case.seller, record._name, "load", [".id", name], [row]
    )
    for message in result["messages"]:
        assert "nknown" not in message["message"], message


def by_order(walk, record, values):
    if record._name != "sale.order.line":
        return by_write(walk, record, values)
    lines = [Command.update(record.id, values)]
    walk.rpc(walk.case.seller, record.order_id, "write", {"order_line": lines})


BY_NAME = {"product_uom_qty": QUANTITIES, "discount": DISCOUNTS}
BY_KIND = {
    **dict.fromkeys(("char", "text", "html"), WORDS),
    **dict.fromkeys(("float", "monetary", "integer"), PRICES),
    "date": DATES,
    "datetime": tuple(day and f"{day} 08:00:00" for day in DATES),
    "boolean": (False, True),
}


def value_of(walk, record, name, number):
    """Return a value that somebody might enter, by the field and by its kind."""
    field = record._fields[name]
    if options := BY_NAME.get(name) or BY_KIND.get(field.type):
        return walk.one_of(options, number)
    if field.type == "selection":
        return walk.one_of(field.get_values(walk.env), number)
    if field.type == "many2one":
        return walk.one_of(walk.choices(field.comodel_name).ids, number)
    if field.type == "many2many":
        return [Command.set(walk.choices(field.comodel_name)[: number % 2].ids)]
    return False
