"""Running other programs, with a log file or with their output handed back."""

import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from devkit.console import Failure

Command = Sequence[str | Path]


def run_logged(
    command: Command,
    log: Path,
    *,
    what: str,
    hint: str = "",
    env: Mapping[str, str] | None = None,
    input: str = "",
    **popen: Any,
) -> None:
    """Run with all output appended to ``log``; Failure shows the telling lines."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a") as out:
        out.write(f"$ {shlex.join(map(str, command))}\n")
        out.flush()
        start = out.tell()
        popen |= {"stdout": out, "stderr": subprocess.STDOUT, "env": env}
        try:
            done = subprocess.run(command, input=input, text=True, **popen)
        except OSError as error:
            raise Failure(f"{what}: {error}", hint=hint) from error
    if status := done.returncode:
        lines = telling_lines(log, start)
        raise Failure(f"{what} (exit status {status})", log=log, lines=lines, hint=hint)


def capture(command: Command, *, what: str, **popen: Any) -> str:
    """Run and return standard output; Failure shows standard error."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, **popen
        )
    except OSError as error:
        raise Failure(f"{what}: {error}") from error
    if done.returncode:
        lines = done.stderr.strip().splitlines()[-15:]
        raise Failure(f"{what} (exit status {done.returncode})", lines=lines)
    return done.stdout


def telling_lines(log: Path, start: int = 0) -> list[str]:
    """The part of a log that says why: the last traceback, or else the end."""
    text = log.read_bytes()[start:].decode(errors="replace")
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    tracebacks = [at for at, line in enumerate(lines) if "Traceback (most" in line]
    if tracebacks:
        block = lines[max(tracebacks[-1] - 1, 0) :]
        if len(block) > 30:
            block = [*block[:6], "...", *block[-24:]]
        return block
    return lines[-15:]


def clean_environment() -> dict[str, str]:
    """The environment without what would steer Python or Odoo elsewhere."""
    steering = ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV")
    return {
        name: value
        for name, value in os.environ.items()
        if name not in steering and not name.startswith(("PG", "ODOO_"))
    }


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
