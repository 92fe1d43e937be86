from . import sale_order_availability, sale_order_line_availability  # isort: skip
from . import stock_move, order_reallocation, order_reallocation_line  # isort: skip
from . import order_reallocation_offers, order_reallocation_review  # isort: skip
from . import order_reallocation_execution  # isort: skip
from . import sale_order_reallocation, mrp_production_reallocation  # isort: skip
