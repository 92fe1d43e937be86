from . import test_scores
