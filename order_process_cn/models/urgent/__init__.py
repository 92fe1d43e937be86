from . import order_urgent_role, order_urgent_member  # isort: skip
from . import sale_order_urgency, sale_order_urgent_form  # isort: skip
from . import stock_move, stock_rule  # isort: skip
from . import order_measure, res_users  # isort: skip
from . import mrp_production_measures, sale_order_measures  # isort: skip
