from . import order_review_locked, order_review_flow  # isort: skip
from . import order_review_facts, order_review_barred  # isort: skip
from . import order_review_acts, order_review_task_acts  # isort: skip
from . import order_review_started, order_review_task_settled  # isort: skip
from . import order_review_task_hands, order_review_task_answers  # isort: skip
from . import order_review_outside, order_review_mixin_facts  # isort: skip
from . import order_recheck_refused  # isort: skip
