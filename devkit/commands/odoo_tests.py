"""run Odoo's own tests with the addon installed

  ./dev odoo-tests            the suites below, in the full registry (20 to 35 minutes);
                              failures are compared by name with the recorded ones
  ./dev odoo-tests mrp stock  only these suites
  ./dev odoo-tests --install  while everything is installed from nothing: there nothing
                              fails without the addon; at-install tests run before the
                              addon is there, post-install tests after (as long)
  ./dev odoo-tests --quick    what ./dev test runs of them (2 minutes)
  ./dev odoo-tests --record   without the addon, to record what fails without it

Suites: {suites}
"""

from devkit import databases, odoo_tests, paths, storage, templates, workspace
from devkit.arguments import parser
from devkit.commands.test import quick
from devkit.console import say
from devkit.outcome import Outcome, run_parts

HEADER = """\
# Tests of Odoo itself that fail in the full registry without order_process_cn: tests
# meant for the moment of installation that meet modules loaded later.
# Written by ./dev odoo-tests --record. Odoo {version}
"""


def run(arguments: list[str]) -> int:
    suites = ", ".join(templates.ODOO_SUITES)
    options = parser(__doc__.format(suites=suites), "odoo-tests")
    options.add_argument("suite", nargs="*", metavar="SUITE")
    way = options.add_mutually_exclusive_group()
    for name in ("--install", "--quick", "--record"):
        way.add_argument(name, action="store_true")
    chosen = options.parse_args(arguments)
    unknown = set(chosen.suite) - set(templates.ODOO_SUITES)
    if unknown:
        options.error(f"unknown suite: {', '.join(sorted(unknown))}")
    if chosen.suite and (chosen.record or chosen.quick):
        options.error("--record and --quick do not take suites")
    workspace.prepare()
    databases.drop_abandoned()
    chosen_suites = chosen.suite or list(templates.ODOO_SUITES)
    tags = ",".join(f"/{name}" for name in chosen_suites)
    if chosen.record:
        return _record(tags)
    if chosen.quick:
        return run_parts({"odoo-quick": quick})
    part = _while_installing if chosen.install else _in_full_registry
    return run_parts({"odoo": lambda: part(tags)})


def _while_installing(tags: str) -> Outcome:
    database = storage.Database(databases.run_name("odoo_install"))
    modules = [*templates.ODOO_SUITES, "rating", paths.ADDON]
    options = ["-i", ",".join(modules), "--test-tags", tags]
    with database:
        run, failed = odoo_tests.with_runner(
            database, options, paths.LOGS / "odoo-tests-install.log"
        )
    return odoo_tests.judge(run, failed, set())


def _in_full_registry(tags: str) -> Outcome:
    with databases.clone("both", "odoo_full") as database:
        run, failed = odoo_tests.in_full_registry(
            database, tags, paths.LOGS / "odoo-tests.log"
        )
    return odoo_tests.judge(run, failed, odoo_tests.baseline())


def _record(tags: str) -> int:
    with databases.clone("suites", "odoo_record") as database:
        run, failed = odoo_tests.in_full_registry(
            database, tags, paths.LOGS / "odoo-tests-record.log"
        )
    header = HEADER.format(version=workspace.current().odoo.version)
    odoo_tests.BASELINE.write_text(header + "\n".join(failed) + "\n")
    say(f"  {run} tests, {len(failed)} failed, recorded in {odoo_tests.BASELINE}")
    return 0
