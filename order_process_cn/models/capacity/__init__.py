from . import order_capacity_reason, order_capacity_check, order_type  # isort: skip
