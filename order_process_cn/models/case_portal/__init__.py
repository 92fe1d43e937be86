from . import order_service_case, order_delivery_receipt  # isort: skip
