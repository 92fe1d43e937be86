"""The walk over the states of an order, many more sequences than in the tests.

The machine is that of ``order_process_cn/tests/walk``. A walk that fails is printed in
its shortest form; ``ORDER_WALK_SEED`` chooses other walks.
"""

import os
import time

from devkit import paths, pytest_runs

SEQUENCES = 5_000
CLASSES = 4


def measure(_bench) -> dict:
    os.environ.setdefault("ORDER_WALK_SEED", "2026")  # others than the tests take
    os.environ["ORDER_WALK_SEQUENCES"] = str(SEQUENCES // CLASSES)
    started = time.monotonic()
    outcome = pytest_runs.addon([str(paths.ADDON_DIR / "tests" / "walk")])
    return {
        "walk_sequences": SEQUENCES,
        "walk_seed": int(os.environ["ORDER_WALK_SEED"]),
        "walk_minutes": (time.monotonic() - started) / 60,
        "walk_outcome": outcome.text,
        "walk_failed": int(not outcome.ok),
    }
