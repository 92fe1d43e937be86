from . import (
    order_packing_check,
    order_packing_check_line,
    order_shipping_release,
    order_type,
    res_partner,
    stock_move_line_packing,
    stock_picking_packing,
)
