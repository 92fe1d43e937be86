from . import test_change_effects, test_change_releases
