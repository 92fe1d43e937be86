"""Running Odoo to its end: installing, upgrading, scripts."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from devkit import paths, workspace
from devkit.process import run_logged

STOP = ("--no-http", "--stop-after-init")


def install(
    database: str, modules: Iterable[str], log: Path, options: Sequence[str] = ()
) -> None:
    """Install the modules, making the database if it does not exist."""
    arguments = ["-d", database, "-i", ",".join(modules), *STOP, *options]
    _odoo(arguments, log, f"Odoo could not install into {database}")


def upgrade(database: str, modules: Iterable[str], log: Path) -> None:
    arguments = ["-d", database, "-u", ",".join(modules), *STOP]
    _odoo(arguments, log, f"Odoo could not upgrade {database}")


def script(database: str, code: str, log: Path, options: Sequence[str] = ()) -> None:
    """Run Python code with ``env``, as in ``odoo shell``."""
    arguments = ["shell", "-d", database, "--no-http", *options]
    _odoo(arguments, log, f"a script failed in {database}", code)


def _odoo(arguments: list[str], log: Path, what: str, code: str = "") -> None:
    here = workspace.current()
    run_logged(
        here.odoo_command(*arguments),
        log,
        what=what,
        env=here.environment(),
        input=code,
    )


def export_terms(database: str, target: Path, log: Path) -> None:
    """Write the addon's translatable terms into a .pot file."""
    # the language takes several values: the module's name has to come before
    arguments = ["i18n", "export", "-d", database, paths.ADDON]
    arguments += ["-o", str(target), "-l", "pot"]
    _odoo(arguments, log, "Odoo could not export the terms")
