from . import test_change_effects
