"""One process at a time: for what several may want to build or change."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devkit.console import say


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file; the kernel frees it when the holder ends in any way."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"  waiting for another ./dev that is at work ({path})")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
