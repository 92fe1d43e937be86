from . import order_delay_cause, order_delay_report  # isort: skip
from . import order_delay_report_acts, sale_order_delays  # isort: skip
from . import order_delivery_part, order_type  # isort: skip
