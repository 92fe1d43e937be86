from . import sale_order_portal, sale_order_progress  # isort: skip
from . import order_delivery_report  # isort: skip
