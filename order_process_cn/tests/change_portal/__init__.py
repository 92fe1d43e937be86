from . import test_change_portal
