"""start the addon with its demo data, and print the address and the logins

The database is kept between starts; when the addon has changed it is upgraded.
The server runs in the foreground, Ctrl-C stops it.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from devkit import demo_database, paths, ports, storage, workspace
from devkit.arguments import parser
from devkit.console import Failure, say, step, table
from devkit.process import telling_lines
from devkit.server import OdooServer
from devkit.storage import Database

RUNNING = paths.DEV / "demo.pid"
LOG = paths.LOGS / "demo.log"


def run(arguments: list[str]) -> int:
    options = parser(__doc__, "demo")
    options.add_argument("--port", type=int, help="instead of the one chosen once")
    options.add_argument("--host", default="127.0.0.1", help="address to listen on")
    options.add_argument("--fresh", action="store_true", help="begin with new data")
    chosen = options.parse_args(arguments)
    if url := _running():
        say("  The demo server of this clone is already running.")
        _introduce(url, Database(storage.full_name(demo_database.NAME)))
        return 0
    workspace.prepare()
    port = chosen.port or ports.remembered(chosen.host)
    if not ports.is_free(port, chosen.host):
        raise Failure(f"port {port} is taken", hint="Choose another with --port.")
    database = demo_database.ensure(chosen.fresh)
    server = OdooServer(
        database,
        port=port,
        host=chosen.host,
        cron_threads=1,
        log=LOG,
    )
    with step("starting the server"):
        server.start()
    with server, _registered(server):
        _introduce(server.url, database)
        say("  Ctrl-C stops the server.")
        return _wait(server)


def _introduce(url: str, database: Database) -> None:
    say()
    say(f"  Address: {url}")
    say()
    table(("login", "name", "password"), demo_database.logins(database))
    say()
    say(f"  Log: {LOG}")


def _wait(server: OdooServer) -> int:
    try:
        server.process.wait()
    except KeyboardInterrupt:
        say()
        with step("stopping the server"):
            server.stop()
        return 0
    raise Failure(
        "the server has ended", log=server.log, lines=telling_lines(server.log)
    )


@contextlib.contextmanager
def _registered(server: OdooServer) -> Iterator[None]:
    RUNNING.write_text(f"{os.getpid()} {server.url}")
    try:
        yield
    finally:
        RUNNING.unlink(missing_ok=True)


def _running() -> str:
    """Address of the demo server that another ./dev demo of this clone runs."""
    if not RUNNING.exists():
        return ""
    pid, url = RUNNING.read_text().split()
    command = Path(f"/proc/{pid}/cmdline")
    return url if command.exists() and b"devkit" in command.read_bytes() else ""
