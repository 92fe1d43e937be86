from . import order_review_task_limits, order_review_signature_limits  # isort: skip
from . import sale_order_limits, mrp_production_limits  # isort: skip
from . import stock_picking_limits  # isort: skip
