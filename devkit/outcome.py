"""How a part of the tests went, and the summary of all parts."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from devkit.console import Failure, say, show, table


@dataclass(frozen=True)
class Outcome:
    """``ok`` decides the exit status, ``text`` stands in the summary.

    ``empty`` says that the person's choice fitted no test of this part; it is no
    failure unless that is so in all parts.
    """

    ok: bool
    text: str
    empty: bool = False


def run_parts(parts: dict[str, Callable[[], Outcome]]) -> int:
    """Run all parts, whatever happens to the earlier ones; return the exit status."""
    rows, outcomes = [], []
    for name, part in parts.items():
        say()
        say(f"===== {name}")
        started = time.monotonic()
        try:
            outcome = part()
        except Failure as failure:
            show(failure)
            outcome = Outcome(False, str(failure))
        outcomes.append(outcome)
        seconds = f"{time.monotonic() - started:.0f} s"
        rows.append((name, "ok" if outcome.ok else "FAILED", seconds, outcome.text))
    say()
    table(("part", "result", "time", ""), rows)
    if all(outcome.empty for outcome in outcomes):
        say("  FAILED: no test was run")
        return 1
    return int(not all(outcome.ok for outcome in outcomes))
