from . import order_payment_step_mixin  # isort: skip
from . import order_payment_plan, order_payment_plan_line  # isort: skip
from . import order_payment_step  # isort: skip
from . import order_deposit_rule, order_type  # isort: skip
from . import sale_order_payment_plan, order_shipping_release  # isort: skip
from . import stock_picking_handover, order_delivery_receipt  # isort: skip
