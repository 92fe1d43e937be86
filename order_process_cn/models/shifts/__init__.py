from . import order_shift, order_shift_roster  # isort: skip
from . import order_production_plan, order_work_report, mrp_workcenter  # isort: skip
