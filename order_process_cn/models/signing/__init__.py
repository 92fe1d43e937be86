from . import order_review_flow, order_review_facts, order_review_barred  # isort: skip
from . import order_review_nobody, order_review_acts  # isort: skip
from . import order_review_task_acts, order_review_task_hands  # isort: skip
from . import order_review_task_empty, order_review_task_answers  # isort: skip
from . import order_review_task_nobody, order_review_outside  # isort: skip
from . import res_users_leaving  # isort: skip
