"""PostgreSQL: a cluster of this clone's own, or the server of DATABASE_URL."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from devkit import cluster, locks, paths, postgres_programs
from devkit.console import Failure, step
from devkit.process import clean_environment


@dataclass(frozen=True)
class Server:
    """How to reach the server, and where its programs are."""

    host: str
    port: int
    user: str
    password: str
    programs: str
    prefix: str = ""
    sslmode: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """Variables that psql, Odoo and psycopg2 all understand."""
        values = {
            "PGHOST": self.host,
            "PGPORT": str(self.port),
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
            "PGSSLMODE": self.sslmode,
        }
        return {name: value for name, value in values.items() if value}


def ensure(python: Path) -> Server:
    """The server of DATABASE_URL if there is one, else the clone's own cluster."""
    url = os.environ.get("DATABASE_URL")
    return external(url, python) if url else own(python)


def own(python: Path) -> Server:
    """The clone's cluster, started if it is not running."""
    programs = postgres_programs.server(python, cluster.version())
    with locks.locked(paths.DEV / "postgres.lock"):
        cluster.make_home()
        host = str(cluster.socket_folder())
        server = Server(host, cluster.PORT, cluster.USER, "", programs)
        if not answers(server):
            cluster.create(programs)
            with step("starting PostgreSQL"):
                cluster.start(programs)
    return server


def external(url: str, python: Path) -> Server:
    """A server that somebody else runs."""
    server = _parse(url, postgres_programs.client(python))
    rows = query(
        server, "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user"
    )
    if rows != [["t"]]:
        raise Failure(f"the database user {server.user} may not create databases")
    return server


def _parse(url: str, programs: str) -> Server:
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    server = Server(
        host=parts.hostname or options.get("host", ""),
        port=parts.port or 5432,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        programs=programs,
        # other clones may use the same server
        prefix=f"{paths.ADDON}_{paths.clone_id()}_",
        sslmode=options.get("sslmode", ""),
    )
    if parts.scheme not in ("postgres", "postgresql") or not server.user:
        raise Failure(
            "DATABASE_URL is not understood",
            hint="It looks like postgresql://user:password@host:5432/",
        )
    if server.user == "postgres":
        raise Failure(
            "Odoo refuses to work as the database user postgres",
            hint="Make another user: createuser --createdb --pwprompt odoo",
        )
    return server


def _psql(server: Server) -> list[str]:
    psql = shutil.which("psql", path=server.programs)
    # -X: a person's ~/.psqlrc must not change what we read
    return [psql or "psql", "-XAtq", "-F", "\x1f", "-v", "ON_ERROR_STOP=1"]


def answers(server: Server) -> bool:
    done = subprocess.run(
        [*_psql(server), "-c", "SELECT 1", "postgres"],
        env=clean_environment() | server.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    return done.returncode == 0


def query(
    server: Server, statement: str, database: str = "postgres"
) -> list[list[str]]:
    """Run SQL in autocommit, return rows of text; Failure shows the server's words."""
    done = subprocess.run(
        [*_psql(server), "-d", database],
        input=statement,
        env=clean_environment() | server.environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Failure(
            f"PostgreSQL refused: {statement[:120]}",
            lines=done.stderr.strip().splitlines()[-10:],
            hint=_hint(server),
        )
    return [line.split("\x1f") for line in done.stdout.splitlines()]


def _hint(server: Server) -> str:
    if server.prefix:
        return "Check the server named in DATABASE_URL."
    return f"The server's own log: {cluster.home() / 'server.log'}"


def stop() -> bool:
    """Stop the clone's cluster; False when it was not running."""
    if not cluster.server_pid():
        return False
    cluster.stop(postgres_programs.server(None, cluster.version()))
    return True


def quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
