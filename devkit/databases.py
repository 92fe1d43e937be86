"""Handing out databases to tests, benchmarks and commands.

For example::

    from devkit import databases

    with databases.clone("demo") as database:
        connection = psycopg2.connect(**database.dsn)

Flavours are described in ``devkit.templates``. A clone takes a second or two and is
dropped at the end of the ``with`` block, or by a later ./dev if the process died.
"""

import itertools
import os
import re

from devkit import storage, templates
from devkit.process import is_alive
from devkit.storage import Database

RUN = re.compile(r"run_(\d+)_")
_counter = itertools.count(1)


def clone(flavour: str = "plain", label: str = "") -> Database:
    """A new database from a template, which is built if it is not there yet."""
    return copy_of(templates.ensure(flavour), label or flavour)


def copy_of(name: str, label: str) -> Database:
    """A new database with the content of another one."""
    copy = Database(run_name(label))
    storage.copy(name, copy.name)
    return copy


def run_name(label: str) -> str:
    """A name that tells which process the database belongs to."""
    label = re.sub(r"\W+", "_", label.lower())[:30]
    return storage.full_name(f"run_{os.getpid()}_{next(_counter)}_{label}")


def drop_abandoned() -> None:
    """Drop the clones of processes that have ended without doing so."""
    for name in storage.names("%run\\_%"):
        match = RUN.search(name)
        if match and not is_alive(int(match[1])):
            storage.drop(name)
