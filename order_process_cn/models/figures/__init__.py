from . import order_step_report, order_seat_report  # isort: skip
from . import sale_report  # isort: skip
