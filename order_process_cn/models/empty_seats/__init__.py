from . import order_review_nobody, order_review_task_nobody  # isort: skip
from . import order_review_seat_nobody, order_review_task_empty  # isort: skip
from . import res_users_leaving, order_department, mail_activity_mixin  # isort: skip
