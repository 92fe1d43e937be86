from . import (
    test_change_kinds,
    test_change_papers,
    test_change_queries,
    test_change_request,
    test_change_walk_round,
)
