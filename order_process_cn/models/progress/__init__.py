from . import order_standing_mixin, order_case_mixin, order_review_task  # isort: skip
from . import sale_order_portal, sale_order_progress  # isort: skip
from . import res_partner, sale_order_tracker  # isort: skip
from . import order_kept_report_mixin, order_delivery_report  # isort: skip
