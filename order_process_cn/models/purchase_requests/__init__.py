from . import res_company, order_purchase_request  # isort: skip
from . import order_purchase_request_line, order_purchase_shortage  # isort: skip
from . import purchase_order_line_request  # isort: skip
