from . import test_suspension, test_suspension_goods
