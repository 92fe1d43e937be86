from . import order_score_role, order_score_standard  # isort: skip
from . import order_score_sheet, order_score_line, order_score_finding  # isort: skip
from . import order_ledger_sheet, order_ledger_sheet_line  # isort: skip
from . import order_score_sheet_acts, order_score_sheet_worker  # isort: skip
