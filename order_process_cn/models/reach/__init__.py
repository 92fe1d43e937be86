from . import purchase_order_line  # isort: skip
from . import mrp_production, sale_order_line, stock_rule
