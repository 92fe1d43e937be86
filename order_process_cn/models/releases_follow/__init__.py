from . import order_shipping_line, order_shipping_release
