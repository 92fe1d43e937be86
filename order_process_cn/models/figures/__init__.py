from . import order_step_report, order_seat_report  # isort: skip
from . import order_process_report, sale_report  # isort: skip
from . import order_deposit_report  # isort: skip
