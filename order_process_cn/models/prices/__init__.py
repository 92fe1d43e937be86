from . import (
    delivery_carrier,
    ir_actions_report,
    product_pricelist_item,
    product_product,
    product_template,
    res_users,
    sale_order,
    sale_order_line,
    stock_move_line,
)
