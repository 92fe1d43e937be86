from . import order_edit_rule, order_edit_rule_check  # isort: skip
from . import order_edit_reason, sale_order_edit  # isort: skip
from . import order_delivery_part_edit, order_change_request_edit  # isort: skip
