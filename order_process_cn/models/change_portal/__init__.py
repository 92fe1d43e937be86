from . import order_type, order_change_request  # isort: skip
