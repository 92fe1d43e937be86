from . import order_service_reason, order_service_case  # isort: skip
from . import order_service_case_line, order_service_case_acts  # isort: skip
from . import order_service_case_conditions  # isort: skip
from . import order_service_case_goods, order_service_case_settle  # isort: skip
from . import order_service_case_line_goods  # isort: skip
from . import order_type, res_company, sale_order_cases  # isort: skip
from . import sale_order_line_cases, account_move  # isort: skip
from . import stock_return_picking, stock_return_picking_line  # isort: skip
from . import mrp_production_cases, stock_picking_cases  # isort: skip
from . import stock_move_cases, order_review_cases  # isort: skip
from . import stock_move_line_cases, order_inspection_cases  # isort: skip
