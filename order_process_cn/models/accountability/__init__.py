from . import order_ledger_rule, order_ledger_proposal  # isort: skip
from . import order_ledger_entry  # isort: skip
