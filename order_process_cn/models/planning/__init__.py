from . import sale_order_availability, sale_order_line_availability
