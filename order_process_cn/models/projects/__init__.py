from . import order_project_pattern, order_type  # isort: skip
from . import order_project_plan, order_project_plan_acts  # isort: skip
from . import order_project_step  # isort: skip
from . import order_project_completion, order_project_evaluation  # isort: skip
from . import order_change_effect, order_change_request  # isort: skip
from . import sale_order_projects  # isort: skip
