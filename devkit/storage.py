"""Databases with their filestores: copy, rename, drop, annotate."""

import contextlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devkit import files, paths, postgres, workspace


@dataclass(frozen=True)
class Database:
    """A database by name; as a context manager it is dropped at the end."""

    name: str

    @property
    def dsn(self) -> dict[str, Any]:
        """Arguments for ``psycopg2.connect``."""
        server = workspace.current().server
        dsn = {"host": server.host, "port": server.port, "user": server.user}
        if server.password:
            dsn["password"] = server.password
        if server.sslmode:
            dsn["sslmode"] = server.sslmode
        return dsn | {"dbname": self.name}

    @property
    def filestore(self) -> Path:
        return filestore(self.name)

    def query(self, statement: str) -> list[list[str]]:
        """Run SQL, return rows of text."""
        return postgres.query(workspace.current().server, statement, self.name)

    def drop(self) -> None:
        drop(self.name)

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *exception: object) -> None:
        self.drop()


def full_name(name: str) -> str:
    """On a server that is not ours, names carry the mark of this clone."""
    prefix = workspace.current().server.prefix
    return name if name.startswith(prefix) else prefix + name


def own_name(name: str) -> str:
    """The name without the mark of this clone."""
    return name.removeprefix(workspace.current().server.prefix)


def filestore(name: str) -> Path:
    return paths.DATA / "filestore" / name


def _query(statement: str) -> list[list[str]]:
    return postgres.query(workspace.current().server, statement)


def names(pattern: str = "%") -> list[str]:
    """Databases of this clone, without the server's own."""
    rows = _query(
        "SELECT datname FROM pg_database WHERE NOT datistemplate "
        f"AND datname <> 'postgres' AND datname LIKE {postgres.literal(pattern)} "
        "ORDER BY datname"
    )
    prefix = workspace.current().server.prefix
    return [name for (name,) in rows if name.startswith(prefix)]


def exists(name: str) -> bool:
    literal = postgres.literal(name)
    return bool(_query(f"SELECT 1 FROM pg_database WHERE datname = {literal}"))


def create_empty(name: str) -> None:
    """A database such as Odoo would make."""
    drop(name)
    _query(
        f"CREATE DATABASE {postgres.quote(name)} "
        "ENCODING 'unicode' LC_COLLATE 'C' TEMPLATE template0"
    )


def copy(source: str, name: str) -> None:
    """Copy a database nobody is connected to."""
    drop(name)
    copy_files(filestore(source), filestore(name))
    quoted = postgres.quote(name), postgres.quote(source)
    _query("CREATE DATABASE {} TEMPLATE {}".format(*quoted))


def copy_files(source: Path, target: Path) -> None:
    """Copy a filestore by linking its files: Odoo never writes to an existing one."""
    if source.exists():
        shutil.copytree(source, target, copy_function=_link_or_copy)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # on another file system
        shutil.copy2(source, target)


def rename(name: str, final: str) -> None:
    """The database last: only then does ``final`` exist."""
    files.remove(filestore(final))
    if filestore(name).exists():
        filestore(name).rename(filestore(final))
    quoted = postgres.quote(name), postgres.quote(final)
    _query("ALTER DATABASE {} RENAME TO {}".format(*quoted))


def drop(name: str) -> None:
    _query(f"DROP DATABASE IF EXISTS {postgres.quote(name)} WITH (FORCE)")
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(filestore(name))


def note(name: str) -> str:
    """What ``set_note`` left with the database."""
    rows = _query(
        "SELECT coalesce(shobj_description(oid, 'pg_database'), '') "
        f"FROM pg_database WHERE datname = {postgres.literal(name)}"
    )
    return rows[0][0] if rows else ""


def set_note(name: str, text: str) -> None:
    quoted = postgres.quote(name), postgres.literal(text)
    _query("COMMENT ON DATABASE {} IS {}".format(*quoted))
