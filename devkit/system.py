"""Packages of the operating system: what is missing, and installing it when root."""

import importlib.util
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from devkit import paths
from devkit.console import Failure, say, step
from devkit.process import capture, run_logged

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRES_SERVERS = "/usr/lib/postgresql"
CREATE_CLUSTER = Path("/etc/postgresql-common/createcluster.conf")


@dataclass(frozen=True)
class Package:
    """A package; of several names the first that the archive offers is taken."""

    names: tuple[str, ...]
    purpose: str
    optional: bool = False


def _package(names: str, purpose: str, optional: bool = False) -> Package:
    return Package(tuple(names.split()), purpose, optional)


ALWAYS = (
    _package("ca-certificates", "downloads"),
    _package("libmagic1 libmagic1t64", "recognising uploaded files"),
    _package("libxrender1", "PDF"),
    _package("libxext6", "PDF"),
    _package("libfontconfig1", "PDF"),
    _package("libfreetype6 libfreetype6t64", "PDF"),
    # with Noto alone a PDF shows Chinese in its Japanese glyph forms
    _package("fonts-wqy-microhei", "Chinese in PDF"),
    _package("fonts-noto-cjk", "Chinese in the browser"),
    # else list columns are measured with a wider font and overflow
    _package("fonts-roboto-unhinted", "the web client"),
    _package("poppler-utils", "tests that read PDF"),
    _package("libatomic1", "Playwright"),
    # not in Debian 13 and later; tests of the unpatched build are skipped there
    _package("wkhtmltopdf", "tests with the unpatched build", optional=True),
)
BROWSER = _package("chromium chromium-browser", "tests in a browser")
VENV = _package("python3-venv", "the Python environment")
POSTGRES = _package("postgresql", "the database server")


def browser() -> str | None:
    """Path of the system's Chromium or Chrome."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def require_browser() -> str:
    found = browser()
    if not found:
        raise Failure(
            "these tests need Chromium, which is not installed",
            hint=_administrator_hint([BROWSER.names[0]]),
        )
    return found


def is_root() -> bool:
    return os.geteuid() == 0


def ensure_packages(external_database: bool) -> None:
    """Install what is missing (root) or say what an administrator should install."""
    missing = _missing(external_database)
    if not missing:
        return
    if is_root() and shutil.which("apt-get"):
        _install(missing)
        return
    names = [package.names[0] for package in missing if package is not POSTGRES]
    if VENV in missing:
        raise Failure(
            "Python cannot make virtual environments: python3-venv is missing",
            hint=_administrator_hint(names),
        )
    if names:
        say(f"  note: not installed on this machine: {' '.join(names)}")
        say(f"  {_administrator_hint(names)}")


def _administrator_hint(names: list[str]) -> str:
    return (
        "an administrator can run: "
        f"apt-get install --no-install-recommends {' '.join(names)}"
    )


def _missing(external_database: bool) -> list[Package]:
    missing = []
    if not importlib.util.find_spec("ensurepip"):
        missing.append(VENV)
    if not browser():
        missing.append(BROWSER)
    if not external_database and not any(Path(POSTGRES_SERVERS).glob("*/bin/postgres")):
        missing.append(POSTGRES)
    if shutil.which("dpkg-query"):
        installed = _installed([name for package in ALWAYS for name in package.names])
        missing += [p for p in ALWAYS if not installed.intersection(p.names)]
    if not is_root():
        missing = [package for package in missing if not package.optional]
    given_up = _given_up()
    return [p for p in missing if not (p.optional and p.names[0] in given_up)]


def _installed(names: list[str]) -> set[str]:
    # dpkg-query fails when a name is unknown, but lists the others
    listing = capture(
        ["sh", "-c", 'dpkg-query -W -f "$0" "$@" 2>/dev/null || true', *_query(names)],
        what="dpkg-query",
    )
    rows = [line.split() for line in listing.splitlines()]
    return {name for name, state in rows if state == "installed"}


def _query(names: list[str]) -> list[str]:
    return ["${Package} ${db:Status-Status}\n", *names]


def _given_up_file() -> Path:
    return paths.cache() / "packages-not-offered"


def _given_up() -> set[str]:
    """Optional packages that this machine's archive does not have."""
    record = _given_up_file()
    return set(record.read_text().split()) if record.exists() else set()


def _install(packages: list[Package]) -> None:
    log = paths.LOGS / "apt.log"
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    patience = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
    with step("reading the package lists"):
        try:
            run_logged(["apt-get", "update", *patience], log, env=env, what="update")
        except Failure:
            # one unreachable third-party source does not matter if the rest is there
            say("  note: apt-get update reported errors, going on")
    names = _offered(packages)
    if POSTGRES.names[0] in names and not CREATE_CLUSTER.exists():
        # we start a cluster of our own; Debian's would take port 5432
        CREATE_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
        CREATE_CLUSTER.write_text("create_main_cluster = false\n")
    with step(f"installing {len(names)} system packages"):
        run_logged(
            ["apt-get", "install", "-y", "--no-install-recommends", *patience]
            + ["-o", "Dpkg::Options::=--force-confold", *names],
            log,
            env=env,
            what="apt-get could not install " + " ".join(names),
            hint="Repair the machine's package sources and start again.",
        )


def _offered(packages: list[Package]) -> list[str]:
    """The names to install; optional packages that do not exist are remembered."""
    chosen, given_up = [], _given_up()
    for package in packages:
        name = next(filter(_has_candidate, package.names), None)
        if name:
            chosen.append(name)
        elif package.optional:
            say(f"  note: {package.names[0]} is not offered here ({package.purpose})")
            given_up.add(package.names[0])
        else:
            chosen.append(package.names[0])
    _given_up_file().parent.mkdir(parents=True, exist_ok=True)
    _given_up_file().write_text("\n".join(sorted(given_up)))
    return chosen


def _has_candidate(name: str) -> bool:
    policy = capture(["apt-cache", "policy", name], what="apt-cache policy")
    return "Candidate:" in policy and "Candidate: (none)" not in policy
