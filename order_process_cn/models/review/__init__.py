from . import order_review_mixin, order_review_facts_mixin  # isort: skip
from . import order_review_since, order_review_limit_mixin, order_review  # isort: skip
from . import order_review_task, order_review_task_mine  # isort: skip
from . import order_review_signature, order_review_once  # isort: skip
from . import order_review_seats  # isort: skip
from . import order_review_notice, order_review_task_notice  # isort: skip
from . import order_review_mixin_outside  # isort: skip
