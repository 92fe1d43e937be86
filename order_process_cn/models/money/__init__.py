from . import account_account, account_move, account_move_line  # isort: skip
from . import account_partial_reconcile, account_payment  # isort: skip
from . import account_payment_term, order_deposit_rule  # isort: skip
from . import (
    order_forfeiture_tier,
    order_payment_allocation,
    payment_transaction,
    res_company,
)  # isort: skip

from . import res_partner, sale_order_credit  # isort: skip
from . import sale_order_deposit, sale_order_money  # isort: skip
