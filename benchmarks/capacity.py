"""Whether production can make an order (PLN-5), and what an urgent one does to what is
made already (PLN-7), with 200 and with 2,000 open production orders."""

from .copies import Copies, analyze
from .measure import queries, typical

OPEN = {"few": 200, "many": 2_000}
DAYS = (7, 20, 60)
ROUNDS = 5


def measure(bench) -> dict:
    side = bench.side("unrouted")
    order = side.call(fill, OPEN["few"])
    ask = {days: side.act(answer, order, days) for days in DAYS}  # warm
    ask = {days: side.act(answer, order, days) for days in DAYS}
    few = _impact(side, order)
    side.call(grow, order, OPEN["many"] - OPEN["few"])
    many = _impact(side, order)
    assert side.call(answer_impact, order) > 0
    return {
        "capacity_queries": max(sample.queries for sample in ask.values()),
        "capacity_queries_by_days": [queries([ask[days]]) for days in DAYS],
        "impact_queries": queries(many),
        "impact_ms_200": 1000 * typical(sample.seconds for sample in few),
        "impact_ms_2000": 1000 * typical(sample.seconds for sample in many),
        "impact_growth_200_to_2000": typical(sample.seconds for sample in many)
        / typical(sample.seconds for sample in few),
    }


def _impact(side, order):
    side.act(answer_impact, order)
    return [side.act(answer_impact, order) for _round in range(ROUNDS)]


def answer(env, order_id, days):
    """Ask about one order, wanted in so many days."""
    from datetime import timedelta

    from odoo import fields

    from odoo.addons.order_process_cn.models.capacity.answer import find_answer

    order = env["sale.order"].browse(order_id)
    env.cr.execute(
        "UPDATE sale_order SET wanted_date = %s WHERE id = %s",
        [fields.Date.today() + timedelta(days=days), order_id],
    )
    return len(find_answer(order)["centres"])


def answer_impact(env, order_id):
    """What one order does to the others; how many of them slip."""
    from odoo.addons.order_process_cn.models.capacity.impact import find_impact

    return len(find_impact(env["sale.order"].browse(order_id))["rows"])


def fill(env, count) -> int:
    """Make an order of three work centers wait behind others; return its id."""
    centres = env["mrp.workcenter"].create([{"name": f"WC{n}"} for n in range(3)])
    product = env["product.product"].create({"name": "Made", "is_storable": True})
    bom = env["mrp.bom"].create(
        {
            "product_tmpl_id": product.product_tmpl_id.id,
            "operation_ids": [
                (
                    0,
                    0,
                    {
                        "name": centre.name,
                        "workcenter_id": centre.id,
                        "time_cycle_manual": 15,
                    },
                )
                for centre in centres
            ],
        }
    )
    line = {"product_id": product.id, "product_uom_qty": 200}
    order = env["sale.order"].create(
        {
            "partner_id": env.company.partner_id.id,
            "order_line": [(0, 0, {**line, "name": "Made"}) for _n in range(5)],
        }
    )
    reference = env["stock.reference"].create({"name": "Open"})
    production = env["mrp.production"].create(
        {
            "product_id": product.id,
            "bom_id": bom.id,
            "product_qty": 1,
            "reference_ids": [(6, 0, reference.ids)],
        }
    )
    production.action_confirm()
    reference.sale_ids = order.copy()
    grow(env, order.id, count - 1)
    return order.id


def grow(env, order_id, count):
    """Have ``count`` more production orders open, each for some order."""
    product = env["sale.order"].browse(order_id).order_line[:1].product_id
    made = env["mrp.production"].search([("product_id", "=", product.id)], order="id")
    copies = Copies(env, count)
    start = "source.date_start + copy.number * interval '15 minutes'"
    name = f"name || '-{count}-' || copy.number"
    ids = copies.copy("mrp_production", made[0].ids, name=name, date_start=start)
    copies.copy(
        "mrp_workorder", made[0].workorder_ids.ids, {"production_id": "mrp_production"}
    )
    env.cr.execute(
        "INSERT INTO stock_reference_production_rel (production_id, reference_id) "
        "SELECT unnest(%s), %s",
        [ids, made[0].reference_ids.id],
    )
    analyze(env)
