from . import test_edit_reasons, test_edit_rules
