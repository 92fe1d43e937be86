from . import order_fact_group, order_review_question, order_review_route  # isort: skip
from . import order_review_stage, order_review_seat  # isort: skip
from . import order_review_route_reach, order_review_route_signers  # isort: skip
