from . import order_type, sale_order, purchase_order  # isort: skip
from . import purchase_order_line, stock_move_line  # isort: skip
