from . import order_bom_part_mixin  # isort: skip
from . import (
    mrp_bom,
    mrp_bom_byproduct,
    mrp_bom_line,
    mrp_production_deadline,
    mrp_production_facts,
    mrp_production_history,
    mrp_production_review,
    mrp_production_subcontract,
    mrp_routing_workcenter,
    order_delivery_part,
    sale_order_line_production,
    stock_rule,
)

from . import mrp_production_coverage  # isort: skip
