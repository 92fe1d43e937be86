from . import order_urgent_role, order_urgent_member, sale_order_urgency  # isort: skip
from . import stock_move, stock_rule, order_measure, res_users  # isort: skip
from . import mrp_production_measures  # isort: skip
