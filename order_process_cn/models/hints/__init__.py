from . import order_hint_rule, order_hint  # isort: skip
