"""The PostgreSQL cluster of this clone: reachable by a unix socket only.

Tuned for tests: it may lose everything when the machine crashes. Run by root, the
server is the user postgres, who must be able to reach the folder: where the clone's
path does not let it through, the cluster lives below /var/tmp, linked from .dev.
"""

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Any

from devkit import files, paths, system
from devkit.console import Failure, say, step
from devkit.process import clean_environment, run_logged

USER = "odoo"
PORT = 5432  # only part of the socket's file name
SOCKET_PATH_LIMIT = 107
SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": 0,
    "max_wal_size": "4GB",
    "checkpoint_timeout": "30min",
    "shared_buffers": "512MB",
    "max_connections": 200,
    "max_locks_per_transaction": 256,
    # small data: compiling and parallel plans only cost time, and /dev/shm
    "jit": "off",
    "max_parallel_workers_per_gather": 0,
}


def _link() -> Path:
    return paths.DEV / "postgres"


def home() -> Path:
    """The real folder: the server's user may be unable to follow a link in .dev."""
    return _link().resolve()


def _data() -> Path:
    return home() / "data"


def version() -> str:
    """Major version that made the cluster; empty when there is none."""
    file = _data() / "PG_VERSION"
    return file.read_text().strip() if file.exists() else ""


def socket_folder() -> Path:
    """Inside the cluster's folder, unless that would be too long for a socket."""
    folder = home() / "socket"
    if len(str(folder / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_LIMIT:
        return folder
    return Path("/tmp") / f"{paths.ADDON}-{os.geteuid()}-{paths.clone_id()}"


def create(programs: str) -> None:
    """Make the cluster if there is none; a half-made one has a working name."""
    if version():
        return
    working = home() / "working-data"
    files.remove(working)
    files.remove(_data())
    with step("creating the PostgreSQL cluster"):
        _run(
            [f"{programs}/initdb", "-D", working, "-U", USER, "--auth=trust"]
            + ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
            what="initdb failed",
        )
        working.rename(_data())


def start(programs: str) -> None:
    if server_pid():
        stop(programs)  # it runs, but its socket was swept away
    _remove_stale_locks()
    folder = socket_folder()
    _make_private(folder)
    settings = SETTINGS | {"unix_socket_directories": folder}
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    _run(
        [f"{programs}/pg_ctl", "-D", _data(), "-l", _server_log(), "-o", options]
        + ["-s", "-w", "start"],
        what="PostgreSQL does not start",
        log=_server_log(),
    )


def stop(programs: str) -> None:
    command = [f"{programs}/pg_ctl", "-D", _data(), "-s", "-m", "fast", "stop"]
    _run(command, what="PostgreSQL does not stop")


def server_pid() -> int:
    """Process number of the running server of this cluster, or 0."""
    try:
        lines = (_data() / "postmaster.pid").read_text().splitlines()
        command = Path(f"/proc/{lines[0]}/cmdline").read_bytes().decode()
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return 0
    # after a reboot the number may belong to some other program
    return int(lines[0]) if str(_data()) in command else 0


def delete() -> None:
    """Remove the stopped cluster, wherever it lives."""
    files.remove(socket_folder())
    files.remove(home())
    files.remove(_link())


def _server_log() -> Path:
    return home() / "server.log"


def _remove_stale_locks() -> None:
    stale = [_data() / "postmaster.pid", *socket_folder().glob(".s.PGSQL.*")]
    for file in stale:
        file.unlink(missing_ok=True)


def _identity() -> dict[str, Any]:
    """Who runs the server: PostgreSQL refuses root."""
    if not system.is_root():
        return {}
    account = _account()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _account() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Failure("root needs a user postgres or nobody to run PostgreSQL as")


def _run(command: list[Any], *, what: str, log: Path | None = None) -> None:
    env = clean_environment() | {"HOME": str(home()), "LC_ALL": "C.UTF-8"}
    try:
        run_logged(
            command,
            paths.LOGS / "postgres.log",
            what=what,
            env=env,
            cwd=home(),
            **_identity(),
        )
    except Failure as failure:
        failure.hint = "./dev reset --all removes the cluster (and the demo database)."
        if log and log.exists():
            failure.log = log
            failure.lines = log.read_text(errors="replace").splitlines()[-12:]
        raise


def make_home() -> None:
    """Make the cluster's folder where its user can reach it."""
    link = _link()
    elsewhere = Path("/var/tmp") / f"{paths.ADDON}-{os.geteuid()}-{paths.clone_id()}"
    if link.is_symlink() and (link.resolve() != elsewhere or not link.exists()):
        link.unlink()  # a copied clone, or /var/tmp was cleaned
    if link.exists():
        return
    if _reachable(paths.DEV):
        _make_private(link)
    else:
        say(f"  note: the database cluster lives in {elsewhere}: the user postgres")
        say(f"  cannot enter {paths.DEV}")
        _make_private(elsewhere)
        link.symlink_to(elsewhere)


def _make_private(folder: Path) -> None:
    """Make the folder for the server's user alone; refuse one of somebody else's."""
    folder.mkdir(mode=0o700, exist_ok=True)
    allowed = {os.geteuid(), _account().pw_uid} if system.is_root() else {os.geteuid()}
    if folder.is_symlink() or folder.stat().st_uid not in allowed:
        raise Failure(f"{folder} belongs to somebody else")
    if system.is_root():
        shutil.chown(folder, _account().pw_uid, _account().pw_gid)


def _reachable(folder: Path) -> bool:
    done = subprocess.run(["test", "-x", folder], **_identity())
    return done.returncode == 0
