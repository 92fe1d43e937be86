from . import mrp_production_orders  # isort: skip
from . import ir_module_module, mrp_production_served, order_issue_batch  # isort: skip
from . import order_issue_line, order_issue_window, order_review_route  # isort: skip
from . import order_type_applies, purchase_order_line  # isort: skip
from . import purchase_order_served, sale_order_effect  # isort: skip
from . import sale_order_line_effect, sale_order_line_signed  # isort: skip
from . import stock_move_served  # isort: skip
from . import stock_reference  # isort: skip
