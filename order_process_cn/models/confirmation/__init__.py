from . import order_review_statements, order_statement  # isort: skip
from . import order_statement_amend  # isort: skip
from . import order_statement_drawing, order_statement_seal  # isort: skip
from . import sale_order_confirmation  # isort: skip
from . import sale_order_statements  # isort: skip
