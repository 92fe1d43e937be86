from . import order_review_proof, order_review_amend_proof  # isort: skip
from . import order_review_task_proof
