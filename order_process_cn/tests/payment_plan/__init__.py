from . import test_handover, test_payment_plan
