"""How long each work centre works for what is asked of production (PLN-5)."""

from collections import defaultdict

from odoo.tools import SQL, float_round


def reckon_need(company, demands):
    """Return ``{key: {work centre: minutes}}`` of what has to be made, see
    :func:`reckon_all`.

    :param company: superuser record
    :param demands: ``[(key, product id, quantity, unit), …]``
    """
    return reckon_all(company, demands)[0]


def reckon_all(company, demands):
    """Return what has to be made, ``{key: {work centre: minutes}}``, and the parts that
    are bought for it, ``{product id: quantity}`` in the unit of the product.

    Goods that are free in the stock of the company are taken first, one demand after
    the other; the rest is made by its bill of materials, parts that have one of their
    own likewise. Reckoned as core reckons a work order: preparing, cycles, efficiency.
    What a subcontractor makes takes none of our time. The number of queries depends
    neither on the number of demands nor on how deep the bills are.

    :param company: superuser record
    :param demands: ``[(key, product id, quantity, unit), …]``
    """
    found = {key: defaultdict(float) for key, *_demand in demands}
    parts = defaultdict(float)
    if demands:
        making = _Making(company, {demand[1] for demand in demands})
        for key, product_id, quantity, unit in demands:
            if bill := making.bills.get(product_id):
                wanted = unit._compute_quantity(quantity, bill.unit, round=False)
                making.add_need(product_id, wanted, found[key])
        parts = making.get_parts()
    return found, parts


# of each product that is made: the bill that core would take, a kit first
BILLS = """
    WITH RECURSIVE bill AS (
        SELECT * FROM mrp_bom
         WHERE active AND type IN ('normal', 'phantom')
           AND COALESCE(company_id, %(company)s) = %(company)s
    ), made AS (
        SELECT id, product_tmpl_id FROM product_product WHERE id = ANY(%(ids)s)
        UNION
        SELECT part.id, part.product_tmpl_id
          FROM made
          JOIN bill ON bill.product_tmpl_id = made.product_tmpl_id
           AND COALESCE(bill.product_id, made.id) = made.id
          JOIN mrp_bom_line line ON line.bom_id = bill.id
          JOIN product_product part ON part.id = line.product_id
    ), chosen AS (
        SELECT DISTINCT ON (made.id) made.id AS made_id, template.uom_id, bill.*
          FROM made
          JOIN product_template template ON template.id = made.product_tmpl_id
          JOIN bill ON bill.product_tmpl_id = made.product_tmpl_id
           AND COALESCE(bill.product_id, made.id) = made.id
         ORDER BY made.id, bill.type DESC, bill.sequence, bill.product_id, bill.id
    )
    SELECT chosen.made_id, chosen.id, chosen.type = 'phantom', chosen.uom_id,
           chosen.product_qty::float, chosen.product_uom_id,
           (SELECT json_agg(json_build_array(
                       line.id, line.product_id, line.product_qty::float,
                       line.product_uom_id, EXISTS (
                SELECT FROM mrp_bom_line_product_template_attribute_value_rel rel
                 WHERE rel.mrp_bom_line_id = line.id
            )) ORDER BY line.sequence, line.id)
              FROM mrp_bom_line line WHERE line.bom_id = chosen.id),
           (SELECT json_agg(json_build_array(
                       step.id, step.workcenter_id, step.time_mode = 'manual',
                       step.time_cycle_manual::float, EXISTS (
                SELECT FROM
                       mrp_routing_workcenter_product_template_attribute_value_rel rel
                 WHERE rel.mrp_routing_workcenter_id = step.id
            )) ORDER BY step.sequence, step.id)
              FROM mrp_routing_workcenter step
             WHERE step.bom_id = chosen.id AND step.active)
      FROM chosen
"""


class _Bill:
    """A bill of materials by which one product is made."""

    def __init__(self, env, row):
        self.id, self.is_kit, unit_id, self.quantity, own_id, parts, steps = row
        # of the product, of the bill
        self.unit = env["uom.uom"].browse(unit_id)
        self.own_unit = env["uom.uom"].browse(own_id)
        self.parts, self.steps = parts or [], steps or []


class _Making:
    """The bills of materials of some products and of all that is in them."""

    def __init__(self, company, product_ids):
        self.env = env = company.env
        for model in ("mrp.bom", "mrp.bom.line", "mrp.routing.workcenter"):
            env[model].flush_model()
        rows = env.execute_query(SQL(BILLS, company=company.id, ids=list(product_ids)))
        self.bills = {product_id: _Bill(env, row) for product_id, *row in rows}
        self.centres = env["mrp.workcenter"].browse(
            {step[1] for bill in self.bills.values() for step in bill.steps}
        )
        # of what has no bill of materials: in the units of the bills
        self.bought = defaultdict(float)
        self.free = {}
        if self.bills:
            groups = env["stock.quant"]._read_group(
                [
                    ("product_id", "in", list(self.bills)),
                    ("company_id", "=", company.id),
                    ("location_id.usage", "=", "internal"),
                ],
                ["product_id"],
                ["quantity:sum", "reserved_quantity:sum"],
            )
            self.free = {
                product.id: max(there - taken, 0.0) for product, there, taken in groups
            }

    def add_need(self, product_id, quantity, need, within=False, path=()):
        """Add to ``need`` what it takes to make ``quantity`` of a product.

        :param within: whether it is a part of something that is made: the work on a
            kit is done then, and not where the kit is only put together for a customer
        """
        bill = self.bills.get(product_id)
        if not bill or product_id in path:
            return
        if not bill.is_kit:
            taken = min(self.free.get(product_id, 0.0), quantity)
            if taken:
                self.free[product_id] -= taken
            quantity -= taken
        if bill.unit.compare(quantity, 0) <= 0:
            return
        within = within or not bill.is_kit
        amount = bill.unit._compute_quantity(quantity, bill.own_unit, round=False)
        if within:
            self._work(bill, product_id, amount, need)
        for line_id, part_id, part_quantity, unit_id, is_for_some in bill.parts:
            if is_for_some and self._is_skipped("mrp.bom.line", line_id, product_id):
                continue
            unit = self.env["uom.uom"].browse(unit_id)
            wanted = part_quantity * amount / (bill.quantity or 1)
            if part := self.bills.get(part_id):
                wanted = unit._compute_quantity(wanted, part.unit, round=False)
                self.add_need(part_id, wanted, need, within, (*path, product_id))
            else:
                self.bought[part_id, unit] += wanted

    def get_parts(self):
        """Return ``{product id: quantity}`` of the parts that are bought."""
        products = self.env["product.product"].browse(
            {part_id for part_id, _unit in self.bought}
        )
        units = {product.id: product.uom_id for product in products}
        found = defaultdict(float)
        for (part_id, unit), quantity in self.bought.items():
            found[part_id] += unit._compute_quantity(
                quantity, units[part_id], round=False
            )
        return found

    def _work(self, bill, product_id, amount, need):
        """Add the operations of one bill, reckoned as core does for a work order."""
        product = self.env["product.product"].browse(product_id)
        for step_id, centre_id, is_fixed, minutes, is_for_some in bill.steps:
            model = "mrp.routing.workcenter"
            if is_for_some and self._is_skipped(model, step_id, product_id):
                continue
            centre = self.env["mrp.workcenter"].browse(centre_id)
            centre = centre.with_prefetch(self.centres.ids)
            if not is_fixed:  # the mean of the last times, which core reads
                minutes = self.env[model].browse(step_id).time_cycle
            capacity, setup, cleanup = centre._get_capacity(
                product, bill.own_unit, bill.quantity or 1
            )
            cycles = float_round(
                amount / (capacity or 1), precision_digits=0, rounding_method="UP"
            )
            speed = (centre.time_efficiency or 100.0) / 100.0
            need[centre] += setup + cleanup + cycles * minutes / speed

    def _is_skipped(self, model, row_id, product_id):
        """Whether a part or an operation is for other variants."""
        row = self.env[model].browse(row_id)
        product = self.env["product.product"].browse(product_id)
        if model == "mrp.bom.line":
            return row._skip_bom_line(product)
        return row._skip_operation_line(product)
