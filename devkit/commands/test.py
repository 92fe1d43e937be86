"""run all tests: style, addon, odoo-quick (some of Odoo's own), system

Only some of them:
  ./dev test --style        ruff, pylint-odoo, XML
  ./dev test --addon        the addon's tests, with pytest-odoo on three workers
  ./dev test --odoo         the addon's tests with Odoo's own runner, while it installs
  ./dev test --odoo-quick   tests of Odoo's that a gate in an order's life may break
  ./dev test --system       the whole system: live servers, browser, connections
Everything else goes to pytest, for instance:
  ./dev test order_process_cn/tests/test_amount_cn.py -x
  ./dev test tests -k login
  ./dev test -k deposit     in the addon's and in the system's tests
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from devkit import (
    databases,
    odoo_tests,
    paths,
    pytest_runs,
    style,
    templates,
    workspace,
)
from devkit.outcome import Outcome, run_parts

PARTS = ("style", "addon", "odoo-quick", "system")
CHOICES = (*PARTS, "odoo")


def run(arguments: list[str]) -> int:
    if {"-h", "--help"}.intersection(arguments):
        print(__doc__)
        return 0
    workspace.prepare()
    databases.drop_abandoned()
    with ThreadPoolExecutor(1) as beside:
        return run_parts(_at_once(choose(arguments), beside))


def _at_once(
    parts: dict[str, Callable[[], Outcome]], beside: ThreadPoolExecutor
) -> dict[str, Callable[[], Outcome]]:
    """The same parts, style beside odoo-quick: each of them keeps one core busy. Style
    is soon done: the system's templates are built there as well."""
    if not {"style", "odoo-quick"} <= parts.keys():
        return parts
    begun = []

    def quick_with_style():
        begun.append(beside.submit(parts["style"]))
        if "system" in parts:
            # a failure is told by the part itself, which asks for it again
            for flavour in ("demo", "wide"):
                beside.submit(templates.ensure, flavour)
        return parts["odoo-quick"]()

    first = {"odoo-quick": quick_with_style, "style": lambda: begun[0].result()}
    return first | {name: part for name, part in parts.items() if name not in first}


def choose(arguments: list[str]) -> dict[str, Callable[[], Outcome]]:
    """The parts to run, from our own options, paths, or pytest's selection."""
    flags = {f"--{name}": name for name in CHOICES}
    chosen = [flags[word] for word in arguments if word in flags]
    rest = [word for word in arguments if word not in flags]
    files = pytest_runs.selected_paths(rest)
    of_addon = [word for word in files if word.startswith(paths.ADDON)]
    of_system = [word for word in files if word not in of_addon]
    if not chosen:
        chosen = _parts_of(rest, of_addon, of_system)
    several = {"addon", "system"} <= set(chosen) and bool(rest)
    for_addon = [word for word in rest if word not in of_system]
    for_system = [word for word in rest if word not in of_addon]
    available = {
        "style": style.check,
        "addon": partial(pytest_runs.addon, for_addon, may_be_empty=several),
        "odoo": addon_with_odoo_runner,
        "odoo-quick": quick,
        "system": partial(pytest_runs.whole_system, for_system, may_be_empty=several),
    }
    return {name: available[name] for name in available if name in chosen}


def _parts_of(
    rest: list[str], of_addon: list[str], of_system: list[str]
) -> Sequence[str]:
    """All parts; with arguments for pytest, those of the paths or both of pytest's."""
    if not rest:
        return PARTS
    parts = [("addon", of_addon), ("system", of_system)]
    return [name for name, files in parts if files] or ["addon", "system"]


def addon_with_odoo_runner() -> Outcome:
    """At-install tests run while the addon installs, as on Odoo's own build server."""
    options = ["-i", paths.ADDON, "--test-tags", f"/{paths.ADDON}"]
    log = paths.LOGS / "addon-tests-odoo.log"
    with databases.clone("core", "odoo_runner") as database:
        run, failed = odoo_tests.with_runner(database, options, log)
    return odoo_tests.judge(run, failed, known=set())


def quick() -> Outcome:
    """Some of Odoo's own tests with the addon installed."""
    options = ["--test-tags", odoo_tests.QUICK]
    log = paths.LOGS / "odoo-quick.log"
    with databases.clone("plain", "odoo_quick") as database:
        run, failed = odoo_tests.with_runner(database, options, log)
    return odoo_tests.judge(run, failed, odoo_tests.baseline())
