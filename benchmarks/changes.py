"""Orders changed at random, many more sequences than in the tests.

What is done and what has to hold are those of ``order_process_cn/tests/reach``. A
sequence that fails is printed, and the rest is tried. Sequences come in families of ten
that begin alike, 500 of them for each of two classes, which run beside each other.

One sitting need not take all: ``ORDER_CHANGES_FROM`` is the number of the first family
and ``ORDER_CHANGES_FAMILIES`` how many are played. A family is the same in whichever
sitting it is played, so sittings that follow each other add up. ``ORDER_CHANGES_SEED``
chooses others.
"""

import os
import time

from devkit import paths, pytest_runs

FAMILIES = 500
ALIKE = 10
CLASSES = 2


def measure(_bench) -> dict:
    os.environ.setdefault("ORDER_CHANGES_SEED", "2026")  # others than the tests take
    first = int(os.environ.setdefault("ORDER_CHANGES_FROM", "0"))
    left = str(max(FAMILIES - first, 0))
    families = int(os.environ.setdefault("ORDER_CHANGES_FAMILIES", left))
    os.environ["ORDER_CHANGES_ALIKE"] = str(ALIKE)
    started = time.monotonic()
    test = paths.ADDON_DIR / "tests" / "reach" / "test_changes_at_random.py"
    outcome = pytest_runs.addon([str(test)])
    return {
        "changes_seed": int(os.environ["ORDER_CHANGES_SEED"]),
        "changes_first_family": first,
        "changes_last_family": first + families - 1,
        "changes_sequences": CLASSES * ALIKE * families,
        "changes_minutes": (time.monotonic() - started) / 60,
        "changes_outcome": outcome.text,
        "changes_violations": int(not outcome.ok),
    }
