"""Reading the log of an installation: what Odoo forgives, we do not."""

import re
from pathlib import Path

from devkit.console import Failure

ENTRY = re.compile(r"^\d{4}-\d\d-\d\d \S+ \d+ (?P<level>[A-Z]+) \S+ (?P<text>.*)")
SEVERE = {"WARNING", "ERROR", "CRITICAL"}

# Warnings of Odoo's own modules that say nothing about the addon.
HARMLESS = (
    # databases are made for tests; nobody sends mail or visits iap from them
    r"odoo\.addons\.iap",
    # the configuration has no mail server
    r"no mail server|Unable to connect to SMTP",
)


def check(log: Path, start: int, *, strict: bool) -> None:
    """Raise Failure for tracebacks and errors, and for warnings when ``strict``."""
    text = log.read_bytes()[start:].decode(errors="replace")
    bad = findings(text, SEVERE if strict else SEVERE - {"WARNING"})
    if bad:
        raise Failure(
            "the installation went through, but its log has warnings or errors",
            log=log,
            lines="\n".join(bad).splitlines()[:40],
        )


def findings(text: str, levels: set[str]) -> list[str]:
    """Entries of these levels with what follows them, and every traceback."""
    found: list[list[str]] = []
    keeping = False
    for line in text.splitlines():
        entry = ENTRY.match(line)
        if entry:
            keeping = entry["level"] in levels and not _is_harmless(entry["text"])
        traceback = line.startswith("Traceback (most recent call last)")
        if keeping and not entry:
            found[-1].append(line)
        elif keeping or traceback:
            keeping = True
            found.append([line])
    return ["\n".join(lines) for lines in found]


def _is_harmless(text: str) -> bool:
    return any(re.search(pattern, text) for pattern in HARMLESS)
