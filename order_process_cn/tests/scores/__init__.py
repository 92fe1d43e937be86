from . import test_ledger_sheet, test_scores
