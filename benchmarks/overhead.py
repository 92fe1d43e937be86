"""What the addon costs where no review route applies: writes, create, import.

Twice: right after installation, and with routes switched on for other types of order.
"""

from . import fixtures
from .measure import compare, queries

ROUNDS = 12
CREATED = 5
IMPORTED = 20


def measure(bench) -> dict:
    plain = bench.side("plain")
    figures = _compare(plain, bench.side("unrouted"), "")
    others = _queries(bench.side("routed"))
    base = _queries(plain)
    for name, count in others.items():
        figures[f"{name}_extra_queries_other_routes"] = count - base[name]
    return figures


def _compare(plain, ours, suffix):
    figures = {}
    for name, act in ACTS.items():
        act(plain), act(ours)
        base = queries([act(plain) for _number in range(3)])
        other = queries([act(ours) for _number in range(3)])
        ratio = compare(
            lambda act=act: act(plain).seconds,
            lambda act=act: act(ours).seconds,
            ROUNDS,
        )
        figures |= {
            f"{name}_extra_queries{suffix}": other - base,
            f"{name}_queries_plain{suffix}": base,
            f"{name}_vs_plain{suffix}": ratio.ratio,
            f"{name}_noise{suffix}": ratio.noise,
        }
    return figures


def _queries(side):
    for act in ACTS.values():
        act(side)
    return {
        name: queries([act(side) for _number in range(3)]) for name, act in ACTS.items()
    }


def write_header(side):
    [order] = side.take(1)
    values = {"client_order_ref": f"REF {order}"}
    seller = side.data["seller"]
    return side.rpc(seller, "sale.order", "write", [order], values)


def write_line(side):
    [order] = side.take(1)
    line = side.call(first_line, order)
    values = {"order_line": [(1, line, {"product_uom_qty": 7})]}
    seller = side.data["seller"]
    return side.rpc(seller, "sale.order", "write", [order], values)


def first_line(env, order_id):
    return env["sale.order"].browse(order_id).order_line[:1].id


def create(side):
    """Five quotations, one by one, as a client enters them."""
    values = side.call(fixtures.order_values, side.data)
    seller = side.data["seller"]
    samples = [
        side.rpc(seller, "sale.order", "create", [values]) for _number in range(CREATED)
    ]
    return _middle(samples)


def load(side):
    """A file with twenty quotations of one line."""
    names = [
        "partner_id/.id",
        "order_line/product_id/.id",
        "order_line/product_uom_qty",
    ]
    product, customer = side.data["products"][0], side.data["customer"]
    rows = [[str(customer), str(product), "3"] for _number in range(IMPORTED)]
    sample = side.rpc(side.data["seller"], "sale.order", "load", names, rows)
    assert len(sample.value["ids"]) == IMPORTED, sample.value
    return sample


def _middle(samples):
    return sorted(samples, key=lambda sample: sample.seconds)[len(samples) // 2]


ACTS = {
    "header_write": write_header,
    "line_write": write_line,
    "create": create,
    "import": load,
}
