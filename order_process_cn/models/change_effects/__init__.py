from . import order_change_effect
