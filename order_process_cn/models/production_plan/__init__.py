from . import order_production_plan, order_production_plan_line  # isort: skip
from . import mrp_production_plan  # isort: skip
from . import mrp_production_kit, stock_move_kit  # isort: skip
