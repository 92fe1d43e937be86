from . import order_time_limit_mixin, order_time_limit  # isort: skip
from . import order_time_limit_memory, order_time_limit_run  # isort: skip
from . import order_time_limit_run_events, order_event  # isort: skip
from . import order_time_limit_run_types  # isort: skip
from . import order_time_limit_run_check, order_time_limit_run_light  # isort: skip
from . import order_time_limit_recount, res_company  # isort: skip
