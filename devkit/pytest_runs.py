"""The two parts of the tests that pytest runs: the addon's and the whole system's."""

import os
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from devkit import paths, system, templates, workspace
from devkit.outcome import Outcome

# on two cores: a test and its database wait for each other, servers, browsers and those
# who race for a row even more
WORKERS, SYSTEM_WORKERS = 3, 4
NOTHING_COLLECTED = 5
RESULTS = {"failure": "failed", "error": "errors", "skipped": "skipped"}
WITH_VALUE = ("-k", "-m", "-n", "-o", "-p", "-W")
# options that need one process with a terminal, or say themselves how many
OWN_PROCESSES = ("-n", "--numprocesses", "--pdb", "--trace", "-s", "--collect-only")


def addon(arguments: Sequence[str], *, may_be_empty: bool = False) -> Outcome:
    """The addon's tests with pytest-odoo, on a clone of the plain template each."""
    if not (paths.ADDON_DIR / "tests").is_dir():
        return Outcome(True, f"there is no {paths.ADDON}/tests yet")
    system.require_browser()
    options = ["-p", "devkit.pytest_databases", "-p", "devkit.pytest_set_up"]
    options += ["--odoo-http"]
    options += ["--odoo-database", templates.ensure("plain")]
    options += _spread(arguments, "loadscope")
    return _pytest("addon", paths.ADDON, options, arguments, may_be_empty)


def whole_system(arguments: Sequence[str], *, may_be_empty: bool = False) -> Outcome:
    """The tests in ``tests/``: live servers, browsers, several connections."""
    system.require_browser()
    templates.ensure("demo")
    # pytest-odoo would load a registry for every run
    options = ["-p", "no:odoo", *_spread(arguments, "loadfile", SYSTEM_WORKERS)]
    return _pytest("system", "tests", options, arguments, may_be_empty)


def _spread(arguments: Sequence[str], by: str, workers: int = WORKERS) -> list[str]:
    """Options that spread the tests over workers, unless the caller wants to see one
    test or says himself how many."""
    if any(word.startswith(OWN_PROCESSES) or "::" in word for word in arguments):
        return []
    order = ["-p", "devkit.pytest_order", "--no-loadscope-reorder"]
    return ["-n", str(workers), f"--dist={by}", *order]


def _pytest(
    name: str,
    default: str,
    options: list[str],
    arguments: Sequence[str],
    may_be_empty: bool,
) -> Outcome:
    report = paths.RESULTS / f"{name}.xml"
    report.unlink(missing_ok=True)
    here = workspace.current()
    command = here.command("pytest", f"--junit-xml={report}", *options, *arguments)
    if not selected_paths(arguments):
        command.append(default)
    status = subprocess.run(command, cwd=paths.ROOT, env=_environment()).returncode
    if "--collect-only" in arguments:
        return Outcome(status == 0, "collected only")
    return _judge(status, _counts(report), may_be_empty)


def _judge(status: int, counts: Counter, may_be_empty: bool) -> Outcome:
    """A run without tests, or with all of them skipped, has shown nothing."""
    if counts["tests"] > counts["skipped"]:
        words = ("tests", *RESULTS.values())
        text = ", ".join(f"{counts[word]} {word}" for word in words)
        return Outcome(status == 0, text)
    if may_be_empty and status in (0, NOTHING_COLLECTED):
        return Outcome(True, "nothing selected here", empty=True)
    return Outcome(False, "no test was run")


def selected_paths(arguments: Sequence[str]) -> list[str]:
    """The files, folders and single tests among pytest's arguments."""
    return [
        word
        for before, word in zip(["", *arguments], arguments, strict=False)
        if before not in WITH_VALUE
        and not word.startswith("-")
        and (paths.ROOT / word.split("::")[0]).exists()
    ]


def _environment() -> dict[str, str]:
    env = workspace.current().environment()
    # HttpCase and Playwright both look for a browser of the system
    env["ORDER_CHROMIUM"] = system.require_browser()
    if "CI" in os.environ:
        env["PY_COLORS"] = "0"
    return env


def _counts(report: Path) -> Counter:
    """What pytest's JUnit report tells, each test counted once with its subtests.

    Empty when pytest did not get as far as writing one.
    """
    outcomes: dict[tuple, set[str]] = {}
    if report.exists():
        for case in ET.parse(report).getroot().iter("testcase"):
            tags = {RESULTS[child.tag] for child in case if child.tag in RESULTS}
            name = case.get("classname"), case.get("name")
            outcomes.setdefault(name, set()).update(tags)
    counts = Counter(tests=len(outcomes))
    for tags in outcomes.values():
        counts.update(tags)
    return counts
