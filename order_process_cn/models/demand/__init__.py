from . import crm_team, order_demand_cycle, order_demand_cap  # isort: skip
from . import order_demand_plan, order_demand_line  # isort: skip
from . import order_demand_evaluation, order_demand_acts  # isort: skip
from . import order_demand_opening, order_demand_breakdown  # isort: skip
from . import order_demand_report  # isort: skip
