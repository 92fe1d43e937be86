from . import order_delivery_part, order_delivery_promise  # isort: skip
from . import order_plan_mixin  # isort: skip
from . import (
    order_entry_rule,
    order_shipment_plan,
    order_shipment_plan_line,
    order_type,
    sale_order_line_schedule,
    sale_order_schedule,
    stock_move_schedule,
)
