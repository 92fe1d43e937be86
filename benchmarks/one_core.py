"""Client and database on one core.

An act of ours takes some milliseconds. Where the kernel moves two processes between
cores that share no cache, it measures the moving, and more of it the shorter the act.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from devkit import cluster


@contextmanager
def one_core() -> Iterator[None]:
    """Keep this process, those it starts and the clone's own database on one core."""
    if not hasattr(os, "sched_setaffinity"):  # not Linux
        yield
        return
    free = os.sched_getaffinity(0)
    _move({max(free)})
    try:
        yield
    finally:
        _move(free)


def _move(cores: set[int]) -> None:
    for process in [os.getpid(), *_database()]:
        # one that the server had started may have ended since
        with suppress(ProcessLookupError):
            os.sched_setaffinity(process, cores)


def _database() -> list[int]:
    """The server of this clone and what it has started; none if another is used."""
    server = cluster.server_pid()
    if not server:
        return []
    children = Path(f"/proc/{server}/task/{server}/children").read_text()
    return [server, *map(int, children.split())]
