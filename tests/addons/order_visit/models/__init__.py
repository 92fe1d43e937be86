from . import order_visit
