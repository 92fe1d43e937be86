"""Files and folders that are either complete or not there."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def build_folder(final: Path) -> Iterator[Path]:
    """Yield an empty folder under a working name that becomes ``final`` at the end.

    The caller holds a lock. What a killed build left behind is removed.
    """
    working = final.with_name(f"working-{final.name}")
    remove(working)
    working.mkdir(parents=True)
    yield working
    remove(final)
    working.rename(final)


def write_private(file: Path, text: str) -> bool:
    """Replace the file at one stroke, readable by its owner only, if it changes."""
    if file.exists() and file.read_text() == text:
        return False
    working = file.with_suffix(".working")
    working.touch(mode=0o600)
    working.write_text(text)
    working.replace(file)
    return True


def remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
