"""Everything a command needs: made ready by ``prepare()``, read by ``current()``.

``prepare()`` writes what it found to ``.dev/workspace.json``, so that tests and
benchmarks, which run inside the virtual environment, need not set up anything.
"""

import dataclasses
import functools
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devkit import files, odoo_conf, odoo_tree, paths, postgres, python_env, system
from devkit.console import Failure, say
from devkit.process import clean_environment

STATE = paths.DEV / "workspace.json"


@dataclass(frozen=True)
class Workspace:
    """``python`` runs everything, ``wkhtmltopdf`` maps build names to folders."""

    python: str
    odoo: odoo_tree.OdooTree
    server: postgres.Server
    wkhtmltopdf: dict[str, str]

    def environment(self, pdf: str = "patched") -> dict[str, str]:
        """Variables for Odoo, tests and benchmarks; ``pdf`` is patched or plain."""
        build = self.wkhtmltopdf.get(pdf) or next(iter(self.wkhtmltopdf.values()))
        folders = [build, self.server.programs, os.environ.get("PATH", os.defpath)]
        env = clean_environment() | self.server.environment
        env |= {
            "PATH": os.pathsep.join(folders),
            "PYTHONPATH": os.pathsep.join([str(paths.ROOT), self.odoo.root]),
            "ODOO_RC": str(paths.CONF),
            "ORDER_DEV_CONF": str(paths.CONF),
        }
        for name, folder in self.wkhtmltopdf.items():
            env[f"ORDER_WKHTMLTOPDF_{name.upper()}"] = folder
        return env

    def command(self, *arguments: str | Path) -> list[str]:
        """``python -m …`` in the virtual environment."""
        return [self.python, "-m", *map(str, arguments)]

    def odoo_command(self, *arguments: str | Path) -> list[str]:
        """``odoo …`` with our configuration, which goes after the subcommand."""
        words = list(map(str, arguments))
        at = 2 if words[0] == "i18n" else int(not words[0].startswith("-"))
        return self.command("odoo", *words[:at], "-c", paths.CONF, *words[at:])


def prepare() -> Workspace:
    """Install and start what is missing; takes about a second when nothing is."""
    if not paths.ADDON_DIR.joinpath("__manifest__.py").exists():
        raise Failure(f"there is no addon in {paths.ADDON_DIR}")
    _refuse_folder_of_another_user()
    paths.make_dev_folders()
    system.ensure_packages(external_database=bool(os.environ.get("DATABASE_URL")))
    with ThreadPoolExecutor(1) as beside:
        odoo = beside.submit(odoo_tree.ensure)
        python = python_env.ensure()
        tree = odoo.result()
    server = postgres.ensure(python)
    pdf = python_env.wkhtmltopdf_folders(python)
    workspace = Workspace(str(python), tree, server, pdf)
    odoo_conf.write(tree, server, next(iter(pdf.values())))
    _save(workspace)
    current.cache_clear()
    return workspace


@functools.cache
def current() -> Workspace:
    """The workspace as ``prepare()`` left it."""
    if not STATE.exists():
        raise Failure("nothing is set up in this clone yet", hint="Run ./dev test.")
    data = json.loads(STATE.read_text())
    data["odoo"]["addons"] = tuple(data["odoo"]["addons"])
    return Workspace(
        python=data["python"],
        odoo=odoo_tree.OdooTree(**data["odoo"]),
        server=postgres.Server(**data["server"]),
        wkhtmltopdf=data["wkhtmltopdf"],
    )


def _save(workspace: Workspace) -> None:
    data: dict[str, Any] = dataclasses.asdict(workspace)
    if files.write_private(STATE, json.dumps(data, indent=2)):
        say(f"  Odoo {workspace.odoo.version}")


def _refuse_folder_of_another_user() -> None:
    if paths.DEV.exists() and paths.DEV.stat().st_uid != os.geteuid():
        raise Failure(
            f"{paths.DEV} belongs to another user",
            hint="Work as that user, or remove the folder: ./dev reset --all",
        )
