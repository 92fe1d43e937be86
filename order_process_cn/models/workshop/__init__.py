from . import order_work_report, mrp_workorder_report  # isort: skip
from . import mrp_production_report, res_company, resource_resource  # isort: skip
from . import order_type, mrp_workcenter  # isort: skip
from . import mrp_workorder_steps, mrp_production_steps  # isort: skip
from . import order_daily_report, order_daily_report_line  # isort: skip
