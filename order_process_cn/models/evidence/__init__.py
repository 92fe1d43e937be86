from . import order_review_anchor, order_review_audit  # isort: skip
from . import order_review_audit_cron, order_review_audit_people  # isort: skip
from . import order_review_amend  # isort: skip
