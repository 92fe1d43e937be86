"""Orders changed at random, many more sequences than in the tests.

What is done and what has to hold are those of ``order_process_cn/tests/reach``. A
sequence that fails is printed; ``ORDER_CHANGES_SEQUENCES`` says how many are tried in
each of two classes, which run beside each other; ``ORDER_CHANGES_SEED`` chooses others.
"""

import os
import time

from devkit import paths, pytest_runs

SEQUENCES = 10_000
CLASSES = 2


def measure(_bench) -> dict:
    os.environ.setdefault("ORDER_CHANGES_SEED", "2026")  # others than the tests take
    os.environ.setdefault("ORDER_CHANGES_SEQUENCES", str(SEQUENCES // CLASSES))
    started = time.monotonic()
    test = paths.ADDON_DIR / "tests" / "reach" / "test_changes_at_random.py"
    outcome = pytest_runs.addon([str(test)])
    return {
        "changes_sequences": CLASSES * int(os.environ["ORDER_CHANGES_SEQUENCES"]),
        "changes_seed": int(os.environ["ORDER_CHANGES_SEED"]),
        "changes_minutes": (time.monotonic() - started) / 60,
        "changes_outcome": outcome.text,
        "changes_violations": int(not outcome.ok),
    }
