from . import order_review_form_mixin  # isort: skip
from . import order_review_board_mixin  # isort: skip
from . import order_review_buttons_mixin, order_review_panel  # isort: skip
from . import order_review_task_list  # isort: skip
from . import order_review_form  # isort: skip
from . import order_review_route_preview  # isort: skip
