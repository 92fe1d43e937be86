"""Templates that do not contain the addon, kept for the user's other clones.

Installing Odoo's modules takes more than a minute, restoring a dump a few seconds.
"""

import contextlib
import os
import shutil
from pathlib import Path

from devkit import files, locks, paths, storage, workspace
from devkit.console import Failure, say
from devkit.process import Command, clean_environment, run_logged

KEPT = 4
LOG = paths.LOGS / "template-cache.log"


def keep(name: str, database: storage.Database) -> None:
    """Dump a finished template; that this fails only costs the next clone time."""
    folder = _folder(name)
    with contextlib.suppress(Failure, OSError), locks.locked(folder.parent / "lock"):
        with files.build_folder(folder) as working:
            dump = ["pg_dump", "-Fc", "-Z1", "-f", working / "dump", database.name]
            _run(dump)
            storage.copy_files(database.filestore, working / "filestore")
        _prune(folder.parent)


def has(name: str) -> bool:
    return _folder(name).exists()


def restore(name: str, database: storage.Database) -> bool:
    """Fill the database from the cache; False when what is there is unusable."""
    folder = _folder(name)
    os.utime(folder)
    storage.create_empty(database.name)
    restore = ["pg_restore", "--no-owner", "--exit-on-error", "--jobs=2"]
    try:
        _run([*restore, "-d", database.name, folder / "dump"])
        storage.copy_files(folder / "filestore", database.filestore)
    except (Failure, OSError):
        say("  note: a template in the cache cannot be used, building it anew")
        database.drop()
        return False
    return True


def _folder(name: str) -> Path:
    return paths.cache() / "templates" / storage.own_name(name)


def _run(command: Command) -> None:
    server = workspace.current().server
    program = shutil.which(str(command[0]), path=server.programs)
    env = clean_environment() | server.environment
    command = [program or command[0], *command[1:]]
    run_logged(command, LOG, what=f"{command[0]} failed", env=env)


def _prune(folder: Path) -> None:
    kept = sorted(folder.glob("t_*"), key=lambda path: path.stat().st_mtime)
    for path in kept[:-KEPT]:
        files.remove(path)
