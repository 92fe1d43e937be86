from . import order_shipping_tolerance, order_shipping_tolerance_own  # isort: skip
from . import (
    order_shipping_line,
    order_shipping_release,
    order_type,
    product_product,
    product_template,
    res_company,
    res_partner,
    sale_order_line_shipping,
    sale_order_shipping,
    stock_move_line_shipping,
    stock_move_line_till,
    stock_move_shipping,
    stock_picking_shipping,
)

from . import order_shipping_conditions, order_shipping_progress  # isort: skip
from . import order_shipping_emergency  # isort: skip
