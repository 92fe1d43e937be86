"""The virtual environment with everything Odoo, the addon and the tests import."""

import json
import os
import shutil
import sys
import time
from pathlib import Path

from devkit import files, locks, paths
from devkit.console import Failure, say, step
from devkit.process import capture, clean_environment, run_logged

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
WHICH = """
import json, os, sys
print(json.dumps([sys.version, os.path.realpath(sys.executable)]))
"""
UNUSED_SECONDS = 30 * 24 * 3600
HINT = "Check the network and pip's configuration, then start again."


def ensure() -> Path:
    """Return the Python of the environment; made once per requirements and Python."""
    link = _link(sys.version, os.path.realpath(sys.executable))
    with locks.locked(link.parent / "lock"):
        if not _is_complete(link):
            _remove_unused(link.parent)
            try:
                _build(link)
            except Failure:
                # without a network one that is there is better than none
                link = _link_of_users_python()
                if not _is_complete(link):
                    raise
                say("  note: going on with the packages of another Python")
        os.utime(link)
    return link / "bin" / "python"


def _link(version: str, executable: str) -> Path:
    """Scripts inside an environment contain its path, so it is built in a folder that
    stays, and a link with the final name is what declares it complete."""
    key = paths.digest(REQUIREMENTS.read_text(), version, executable)
    return paths.cache() / "python" / key[:16]


def _is_complete(link: Path) -> bool:
    return (link / "bin" / "python").exists()


def _link_of_users_python() -> Path:
    """The environment of the Python that the user's PATH names."""
    answer = capture(["python3", "-c", WHICH], what="python3 does not start")
    return _link(*json.loads(answer))


def _build(link: Path) -> None:
    folder = link.with_name(f"{link.name}.env")
    files.remove(link)
    files.remove(folder)
    log = paths.LOGS / "pip.log"
    env = clean_environment()
    python = folder / "bin" / "python"
    with step("making the Python environment"):
        command = [sys.executable, "-m", "venv", folder]
        run_logged(command, log, env=env, what="python -m venv failed", hint=HINT)
    with step("installing the Python packages"):
        pip = [python, "-m", "pip", "install", "--no-input", "--progress-bar=off"]
        pip.append("--disable-pip-version-check")
        what = "pip could not install the requirements"
        command = [*pip, "-r", REQUIREMENTS]
        run_logged(command, log, env=env, what=what, hint=HINT)
    link.symlink_to(folder.name)


def _remove_unused(folder: Path) -> None:
    """Each environment takes half a gigabyte; an old one goes with the next build."""
    for link in filter(Path.is_symlink, folder.iterdir()):
        if link.exists() and time.time() - link.stat().st_mtime > UNUSED_SECONDS:
            files.remove(link.resolve())
            files.remove(link)


def wkhtmltopdf_folders(python: Path) -> dict[str, str]:
    """Folders that each hold one build of wkhtmltopdf: ``patched`` and ``plain``.

    Odoo looks through PATH before its ``bin_path``, so the folder of the wanted
    build goes to the front of PATH. A build this machine lacks has no entry.
    """
    builds = {
        "patched": shutil.which("wkhtmltopdf-pack", path=str(python.parent)),
        "plain": shutil.which("wkhtmltopdf", path="/usr/local/bin:/usr/bin:/bin"),
    }
    folders = {}
    for name, program in builds.items():
        if not program:
            continue
        link = paths.DEV / "wkhtmltopdf" / name / "wkhtmltopdf"
        link.parent.mkdir(parents=True, exist_ok=True)
        if not link.exists() or os.readlink(link) != program:
            files.remove(link)
            link.symlink_to(program)
        folders[name] = str(link.parent)
    if not folders:
        raise Failure(
            "no wkhtmltopdf on this machine",
            hint="Install the system package wkhtmltopdf.",
        )
    return folders
