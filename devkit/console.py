"""What the person in front of the terminal sees: steps, notes and failures."""

import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class Failure(Exception):
    """Something a person has to deal with: what failed, where to look, what to do."""

    def __init__(
        self,
        message: str,
        *,
        log: Path | None = None,
        lines: Iterable[str] = (),
        hint: str = "",
    ):
        super().__init__(message)
        self.log = log
        self.lines = list(lines)
        self.hint = hint


_line_is_open = False


def _write(text: str) -> None:
    # stderr, so that the output of psql, shell and the like can be redirected
    sys.stdout.flush()
    sys.stderr.write(text)
    sys.stderr.flush()


def say(text: str = "") -> None:
    """Print a line, below an unfinished step if there is one."""
    global _line_is_open
    if _line_is_open:
        _write("\n")
        _line_is_open = False
    _write(text + "\n")


@contextmanager
def step(title: str) -> Iterator[None]:
    """One line per piece of work: its title at once, the time it took at the end."""
    global _line_is_open
    if _line_is_open:
        _write("\n")
    _write(f"  {title} ... ")
    _line_is_open = True
    started = time.monotonic()
    outcome = "failed after"
    try:
        yield
        outcome = ""
    finally:
        if not _line_is_open:
            _write(f"  {title} ... ")
        _line_is_open = False
        _write(f"{outcome} {time.monotonic() - started:.1f} s\n".lstrip())


def show(failure: Failure) -> None:
    say()
    say(f"FAILED: {failure}")
    for line in failure.lines:
        say(f"    | {line}")
    if failure.log:
        say(f"  log: {failure.log}")
    if failure.hint:
        say("  " + failure.hint.replace("\n", "\n  "))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows in columns; Chinese characters count double."""
    lines = [list(header), *(list(row) for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    for line in lines:
        cells = zip(line, widths, strict=True)
        text = "  ".join(cell + " " * (width - _width(cell)) for cell, width in cells)
        say("  " + text.rstrip())


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
