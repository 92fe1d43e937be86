"""Style checks: ruff, pylint with the rules for Odoo, well-formed XML."""

import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

from devkit import paths, workspace
from devkit.console import say, step
from devkit.outcome import Outcome

# Rules of odoolint that are not ours: the stages of an order are files of one model,
# the README stands at the top of the repository, the author is not the OCA. Given on
# the command line, because in .pylintrc "enable" wins over "disable".
NOT_OURS = ",".join(
    (
        "consider-merging-classes-inherited",
        "manifest-required-author",
        "missing-readme",
        "missing-return",  # hooks and computes of core return nothing
        "attribute-deprecated",  # takes a field named "length" for the old attribute
        "no-search-all",  # of configuration tables, which are short
        "context-overridden",  # tests act with the context of a client, nothing else
    )
)


def check() -> Outcome:
    """Run every tool, show the findings of those that have some."""
    here = workspace.current()
    tools = {
        "ruff check": here.command("ruff", "check", "--quiet", "."),
        "ruff format": here.command("ruff", "format", "--check", "--quiet", "."),
        "pylint-odoo": here.command("pylint", f"--disable={NOT_OURS}", paths.ADDON),
    }
    failed = [name for name, command in tools.items() if not _passes(name, command)]
    if not _xml_passes():
        failed.append("XML")
    hint = "; ./dev format repairs much" if "ruff format" in failed else ""
    return Outcome(not failed, ", ".join(failed) + hint)


def reformat() -> int:
    """Let ruff repair what it can; its exit status tells whether something is left."""
    here = workspace.current()
    statuses = [
        subprocess.run(here.command("ruff", *words, "."), cwd=paths.ROOT).returncode
        for words in (("check", "--fix"), ("format",))
    ]
    return int(any(statuses))


def _passes(name: str, command: list[str]) -> bool:
    with step(name):
        done = subprocess.run(
            command,
            cwd=paths.ROOT,
            env=workspace.current().environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    if done.returncode:
        say(done.stdout.rstrip() or f"{name} failed without a word")
    return done.returncode == 0


def _xml_passes() -> bool:
    with step("XML"):
        findings = [text for file in _xml_files() for text in _xml_findings(file)]
    for text in findings:
        say(text)
    return not findings


def _xml_files() -> list[Path]:
    return sorted(paths.ADDON_DIR.rglob("*.xml"))


def _xml_findings(file: Path) -> list[str]:
    name = file.relative_to(paths.ROOT)
    text = file.read_text(encoding="utf-8")
    try:
        ET.fromstring(text)
    except ET.ParseError as error:
        return [f"{name}: {error}"]
    found = [] if text.endswith("\n") else [f"{name}: no newline at the end"]
    for number, line in enumerate(text.splitlines(), 1):
        if "\t" in line:
            found.append(f"{name}:{number}: tab")
        if line != line.rstrip():
            found.append(f"{name}:{number}: blanks at the end of the line")
    return found
