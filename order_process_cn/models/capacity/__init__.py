from . import order_capacity_reason, order_capacity_check, order_type  # isort: skip
from . import order_review_cards  # isort: skip
