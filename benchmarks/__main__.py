"""./dev bench: measure, compare with the limits, write one JSON object."""

import argparse
import json
import os
import platform
import sys
from pathlib import Path

from devkit import bench_databases, console, workspace
from devkit.console import Failure, step

# the counter piles seats up that the list should not show; lists come before what adds
# orders to some of the sides
from . import (
    batch,
    capacity,
    change_cost,
    changes,
    counter,
    floor,
    limits,
    lists_and_forms,
    members,
    million,
    overhead,
    release,
    review_cycle,
    shipping,
    thresholds,
    trial,
    walk,
)
from .bench import Bench

SUBJECTS = {
    "cycle": review_cycle,
    "batch": batch,
    "screens": lists_and_forms,
    "overhead": overhead,
    "members": members,
    "counter": counter,
    "release": release,
    "shipping": shipping,
    "floor": floor,
    "limits": limits,
    "change": change_cost,
    "capacity": capacity,
    "million": million,
    "trial": trial,
    "walk": walk,
    "changes": changes,
}
# take long, or hours: only when they are named
ON_REQUEST = {"million", "walk", "changes"}


def main() -> int:
    options = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    options.add_argument("subject", nargs="*", help=", ".join(SUBJECTS))
    options.add_argument("--json", type=Path, metavar="FILE")
    chosen = options.parse_args()
    if unknown := set(chosen.subject) - set(SUBJECTS):
        options.error(f"unknown subject: {', '.join(sorted(unknown))}")
    usual = [name for name in SUBJECTS if name not in ON_REQUEST]
    figures = machine()
    with Bench() as bench:
        for name in chosen.subject or usual:
            with step(name):
                figures |= SUBJECTS[name].measure(bench)
    figures = {name: _rounded(value) for name, value in figures.items()}
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n")
    return report(figures)


def machine() -> dict:
    """Where and with what this run was made."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "odoo_version": workspace.current().odoo.version,
        "python_version": platform.python_version(),
        "compared_with": list(bench_databases.PACKAGES),
        "cores": os.cpu_count(),
        "memory_gb": round(memory / 2**30),
        "load_at_start": os.getloadavg()[0],
    }


def report(figures: dict) -> int:
    """Print every figure with its limit; 1 if one is above."""
    above = 0
    for name, value in figures.items():
        if name not in thresholds.LIMITS:
            print(f"{name:36} {value}")
            continue
        judged = thresholds.verdict(figures, name)
        above += judged == "above"
        print(f"{name:36} {value:<12} at most {thresholds.LIMITS[name]:.4g}  {judged}")
    return 1 if above else 0


def _rounded(value):
    return round(value, 4) if isinstance(value, float) else value


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        console.show(failure)
        sys.exit(1)
