from . import order_inspection_point, order_inspection  # isort: skip
from . import order_inspection_line, mrp_workorder, mrp_production  # isort: skip
from . import stock_move_line  # isort: skip
