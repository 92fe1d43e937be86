"""run the benchmarks (benchmarks/__main__.py); all arguments are passed on

Contract: the program runs as ``python -m benchmarks`` in the virtual environment,
from the top folder, with PostgreSQL running and
  ORDER_DEV_CONF             Odoo's configuration file (also in ODOO_RC)
  PGHOST, PGPORT, PGUSER …   the database server
  ORDER_WKHTMLTOPDF_PATCHED, ORDER_WKHTMLTOPDF_PLAIN
                             folders with the two builds, for the front of PATH
It can import odoo and devkit; ``devkit.databases.clone("plain")`` hands out databases
(also "core": the same modules without the addon), ``devkit.server.OdooServer`` starts
a server on one.
"""

import subprocess

from devkit import databases, paths, workspace
from devkit.console import Failure


def run(arguments: list[str]) -> int:
    if not (paths.ROOT / "benchmarks" / "__main__.py").exists():
        raise Failure("there is no benchmarks/__main__.py")
    here = workspace.prepare()
    databases.drop_abandoned()
    command = here.command("benchmarks", *arguments)
    return subprocess.run(command, cwd=paths.ROOT, env=here.environment()).returncode
