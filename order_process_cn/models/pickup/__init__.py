from . import former_receipts  # isort: skip
from . import order_forfeiture, sale_order_balance  # isort: skip
from . import order_forfeiture_proposal, order_forfeiture_invoice  # isort: skip
from . import sale_order_pickup, stock_move  # isort: skip
from . import order_forfeiture_review  # isort: skip
from . import account_move  # isort: skip
