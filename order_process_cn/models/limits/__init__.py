from . import order_time_limit, order_time_limit_memory  # isort: skip
from . import order_time_limit_run, order_time_limit_run_events  # isort: skip
from . import order_event  # isort: skip
from . import order_time_limit_run_check, order_time_limit_run_light  # isort: skip
from . import order_time_limit_recount, res_company  # isort: skip
from . import order_review_task_limits, order_review_signature_limits  # isort: skip
from . import sale_order_limits, mrp_production_limits  # isort: skip
from . import stock_picking_limits  # isort: skip
