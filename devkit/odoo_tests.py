"""Running tests with Odoo's own runner, and comparing failures by name."""

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from devkit import paths, ports, storage, workspace
from devkit.console import Failure, say, step
from devkit.outcome import Outcome

BASELINE = paths.ROOT / "tests" / "odoo_suites_baseline.txt"
# What a gate in the life of an order is likely to break; all of the two modules takes
# seven minutes, most of it for tax tables.
QUICK_CLASSES = {
    "sale": (
        "TestAccessRights",
        "TestSaleOrder",
        "TestSalePayment",
        "TestSaleSignature",
        "TestSaleToInvoice",
    ),
    "sale_stock": (
        "TestSaleStock",
        "TestSaleStockAccessRights",
        "TestSaleStockInvoices",
    ),
}
QUICK = ",".join(
    f"/{module}:{name}" for module, names in QUICK_CLASSES.items() for name in names
)

_FAILED = re.compile(r" (?P<logger>odoo\.\S+): (?:FAIL|ERROR): (?P<test>.+)")
# "setUpClass (odoo.addons.stock.tests.test_old_rules.TestOldRules)"
_OUTSIDE_A_TEST = re.compile(r"(?P<what>\w+) \((?P<path>[\w.]+)\.(?P<name>\w+)\)")
_TOTAL = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
_SHELL = """\
from odoo.tests.shell import run_tests
run_tests(env, {tags!r})
"""


def with_runner(
    database: storage.Database, options: Sequence[str], log: Path
) -> tuple[int, list[str]]:
    """``odoo --test-tags …``; return how many tests ran and which failed."""
    arguments = ["-d", database.name, *_server_options(), "--stop-after-init", *options]
    return _run(arguments, "", log)


def in_full_registry(
    database: storage.Database, tags: str, log: Path
) -> tuple[int, list[str]]:
    """Also the tests meant for the moment of installation, with everything loaded."""
    arguments = ["shell", "-d", database.name, *_server_options()]
    return _run(arguments, _SHELL.format(tags=tags), log)


def _server_options() -> list[str]:
    port = ports.any_free()
    return [f"--http-port={port}", "--max-cron-threads=0"]


def _run(arguments: list[str], code: str, log: Path) -> tuple[int, list[str]]:
    here = workspace.current()
    with step(f"running (log: {log.relative_to(paths.ROOT)})"), log.open("w") as out:
        subprocess.run(
            here.odoo_command(*arguments),
            input=code,
            text=True,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=here.environment(),
        )
    return read(log.read_text(errors="replace"), log)


def read(text: str, log: Path) -> tuple[int, list[str]]:
    """Tests run and names of the failed ones; Failure if the run broke off."""
    totals = [tuple(map(int, match.groups())) for match in _TOTAL.finditer(text)]
    if not totals:
        lines = [line for line in text.splitlines() if line.strip()][-15:]
        raise Failure("Odoo's tests broke off", log=log, lines=lines)
    failed, errors, run = totals[-1]
    matches = list(_FAILED.finditer(text))
    if failed + errors > len(matches):
        raise Failure("Odoo counted failures whose names cannot be read", log=log)
    return run, sorted({_name(match) for match in matches})


def _name(match: re.Match) -> str:
    """Module, class and method; the same for all subtests."""
    path, test = match["logger"], match["test"]
    if outside := _OUTSIDE_A_TEST.match(test):
        path, test = outside["path"], f"{outside['name']}.{outside['what']}"
    return f"{path.split('.')[2]} {test.split(' ')[0]}"


def baseline() -> set[str]:
    """Names of tests that fail in a full registry without our addon."""
    lines = BASELINE.read_text().splitlines() if BASELINE.exists() else []
    return {line.strip() for line in lines if line.strip() and line[0] != "#"}


def judge(run: int, failed: Sequence[str], known: set[str]) -> Outcome:
    """Say which failures plain Odoo does not have."""
    new = [name for name in failed if name not in known]
    for name in new:
        say(f"  FAILED: {name}")
    if run == 0:
        return Outcome(False, "no test was run")
    text = f"{run} tests, {len(new)} failed"
    if len(failed) > len(new):
        text += f", {len(failed) - len(new)} that fail without the addon too"
    return Outcome(not new, text)
