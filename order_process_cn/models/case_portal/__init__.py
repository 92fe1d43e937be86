from . import order_service_case, order_delivery_receipt  # isort: skip
from . import order_type, sale_order_rating, rating_rating  # isort: skip
