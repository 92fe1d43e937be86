from . import order_inspected_mixin  # isort: skip
from . import (
    mrp_production_first_article,
    mrp_production_inspection,
    order_inspection,
    order_inspection_item,
    order_inspection_line,
    order_inspection_outcome,
    order_inspection_point,
    order_inspection_request,
    order_receipt_notice,
    order_sampling_plan,
    order_sampling_row,
    order_shipping_release_inspection,
    stock_move_inspection,
    stock_move_line_inspection,
    stock_picking_inspection,
)
