"""A private apt configuration: the machine's own archive, with a second suite."""

import re
from pathlib import Path

from devkit.console import Failure

ETC_APT = Path("/etc/apt")
ODOO_SOURCES_HINT = (
    "Name a checkout of Odoo 19 in ODOO_SRC, or a Debian package file in ODOO_DEB."
)

CONFIGURATION = """\
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "{folder}/parts";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State::Lists "{folder}/lists";
Dir::Cache "{folder}/cache";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
Acquire::Retries "5";
APT::Default-Release "{codename}";
APT::Sandbox::User "";
"""


def os_release() -> dict[str, str]:
    file = Path("/etc/os-release")
    text = file.read_text() if file.exists() else ""
    return dict(re.findall(r'^(\w+)="?(.*?)"?$', text, re.MULTILINE))


def codename() -> str:
    return os_release().get("VERSION_CODENAME", "")


def is_debian() -> bool:
    return os_release().get("ID") == "debian"


def write_private_configuration(folder: Path) -> Path:
    """Write apt.conf and sources below ``folder``; needs no root, touches no system.

    On Debian the suite ``sid`` stands beside the machine's own, with packages taken
    from it only when named.
    """
    for name in ("parts", "lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    suites = [codename()] + (["sid"] if is_debian() else [])
    name, text = _own_source(suites)
    (folder / "parts" / name).write_text(text)
    conf = folder / "apt.conf"
    conf.write_text(CONFIGURATION.format(folder=folder, codename=codename()))
    return conf


def _own_source(suites: list[str]) -> tuple[str, str]:
    """The machine's entry for its own release, rewritten for the suites."""
    for file in sorted(ETC_APT.glob("sources.list.d/*.sources")):
        for stanza in re.split(r"\n\s*\n", file.read_text()):
            if _is_own_stanza(stanza):
                return "odoo.sources", _with_suites(stanza, suites)
    lists = [ETC_APT / "sources.list", *sorted(ETC_APT.glob("sources.list.d/*.list"))]
    for file in filter(Path.exists, lists):
        for line in file.read_text().splitlines():
            match = re.match(r"\s*(deb\s+(?:\[.*?\]\s+)?\S+)\s+(\S+)\s+(.+)", line)
            if match and match[2].rstrip("/") == suites[0]:
                lines = [f"{match[1]} {suite} {match[3]}\n" for suite in suites]
                return "odoo.list", "".join(lines)
    raise Failure(
        f"no package source for the release {suites[0]!r} in {ETC_APT}",
        hint=ODOO_SOURCES_HINT,
    )


def _field(stanza: str, name: str) -> list[str]:
    match = re.search(rf"^{name}:(.*)$", stanza, re.MULTILINE | re.IGNORECASE)
    return match[1].split() if match else []


def _is_own_stanza(stanza: str) -> bool:
    enabled = _field(stanza, "enabled") or ["yes"]
    return (
        "deb" in _field(stanza, "types")
        and codename() in _field(stanza, "suites")
        and enabled[0].lower() not in ("no", "false")
    )


def _with_suites(stanza: str, suites: list[str]) -> str:
    for name, value in (("Types", "deb"), ("Suites", " ".join(suites))):
        stanza = re.sub(
            rf"^{name}:.*$", f"{name}: {value}", stanza, flags=re.MULTILINE | re.I
        )
    return stanza.strip() + "\n"
