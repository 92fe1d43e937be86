from . import order_forfeiture, order_forfeiture_tier  # isort: skip
from . import sale_order_forfeiture, sale_order_pickup, stock_move  # isort: skip
from . import order_forfeiture_review  # isort: skip
