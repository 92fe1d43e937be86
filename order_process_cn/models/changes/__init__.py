from . import order_change_reason, order_form, order_type

from . import order_change_request, order_change_values  # isort: skip
from . import order_change_conditions, order_change_apply  # isort: skip
from . import order_change_agreement, order_statement  # isort: skip
from . import order_change_line, order_change_effect  # isort: skip
from . import order_shipping_release, sale_order_changes  # isort: skip
