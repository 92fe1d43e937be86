from . import order_version
