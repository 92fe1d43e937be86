"""The Odoo 19 source tree: a checkout, a package file, or Debian's package."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from devkit import apt_source, files, locks, paths
from devkit.console import Failure, say, step
from devkit.process import capture, run_logged

PACKAGE = "odoo-19"
PACKAGES = "usr/lib/python3/dist-packages"
# What the relative links of the package lead to; from the machine's own release,
# because sid's font-awesome 7 lacks the icon names that Odoo uses.
ASSETS = (
    "fonts-font-awesome",
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
)
SEGMENTATION = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
SEGMENTATION_STUB = (
    "/* Left out by Debian. Only the background blur of video calls uses it;\n"
    " * without a file here every page reports an error in the console. */\n"
)


@dataclass(frozen=True)
class OdooTree:
    """``root`` goes on Python's path, ``addons`` on Odoo's addons path."""

    root: str
    addons: tuple[str, ...]
    version: str

    @property
    def fingerprint(self) -> str:
        return paths.digest(self.root, self.version)


def ensure() -> OdooTree:
    """Find the tree, or download it into the cache the first time."""
    if source := os.environ.get("ODOO_SRC"):
        return _checkout(Path(source).resolve())
    file = os.environ.get("ODOO_DEB")
    with locks.locked(_folder() / "lock"):
        if file:
            return _debian_tree(_from_file(Path(file).resolve()))
        return _debian_tree(_newest() or _downloaded())


def _folder() -> Path:
    return paths.cache() / "odoo"


def _checkout(source: Path) -> OdooTree:
    release = source / "odoo" / "release.py"
    if not ((source / "odoo-bin").exists() and (source / "addons").is_dir()):
        raise Failure(
            f"ODOO_SRC={source} is not an Odoo checkout",
            hint="It should contain odoo-bin, addons/ and odoo/addons/.",
        )
    if not re.search(r"version_info = \(19,", release.read_text()):
        raise Failure(f"ODOO_SRC={source} is not Odoo 19 (see {release})")
    addons = (str(source / "odoo" / "addons"), str(source / "addons"))
    return OdooTree(str(source), addons, f"checkout {_commit(source)}")


def _commit(source: Path) -> str:
    git = subprocess.run(
        ["git", "-C", source, "rev-parse", "--short=12", "HEAD"],
        capture_output=True,
        text=True,
    )
    release = source / "odoo" / "release.py"
    return git.stdout.strip() or f"of {release.stat().st_mtime:.0f}"


def _debian_tree(folder: Path) -> OdooTree:
    root = folder / PACKAGES
    return OdooTree(str(root), (str(root / "odoo" / "addons"),), folder.name)


def _newest() -> Path | None:
    """A tree downloaded before; the archive is not asked again."""
    done = [path for path in _folder().glob("19*") if (path / PACKAGES).is_dir()]
    return max(done, key=lambda path: path.stat().st_mtime, default=None)


def _from_file(file: Path) -> Path:
    if not file.is_file():
        raise Failure(f"ODOO_DEB={file} does not exist")
    version = capture(["dpkg-deb", "-f", file, "Version"], what=f"reading {file}")
    final = _folder() / f"{version.strip()}-from-file"
    return final if final.exists() else _build(final, file)


def _downloaded() -> Path:
    if not shutil.which("apt-get"):
        raise Failure(
            "Odoo is taken from Debian's archive, but this system has no apt-get",
            hint=apt_source.ODOO_SOURCES_HINT,
        )
    download = _folder() / "download"
    if not download.exists():
        with files.build_folder(download) as working:
            _fetch(working, working / "apt", from_archive=True)
    file = next(download.glob(f"{PACKAGE}_*.deb"))
    version = capture(["dpkg-deb", "-f", file, "Version"], what=f"reading {file}")
    return _build(_folder() / version.strip(), file, download)


def _fetch(target: Path, private: Path, from_archive: bool) -> None:
    """Download the assets, and Odoo too unless it comes from a file."""
    target.mkdir(parents=True, exist_ok=True)
    conf = apt_source.write_private_configuration(private)
    env = {**os.environ, "APT_CONFIG": str(conf)}
    log = paths.LOGS / "odoo-download.log"
    hint = "Check the network. " + apt_source.ODOO_SOURCES_HINT
    with step("reading the package lists of the archive"):
        what = "apt-get update failed (private configuration)"
        run_logged(["apt-get", "update"], log, env=env, what=what, hint=hint)
    wanted, title = list(ASSETS), "downloading the assets of Odoo"
    if from_archive:
        wanted.insert(0, f"{PACKAGE}/sid" if apt_source.is_debian() else PACKAGE)
        title = "downloading Odoo and its assets (130 MB)"
    with step(title):
        download = ["apt-get", "download", *wanted]
        what = "apt-get could not download Odoo 19"
        run_logged(download, log, env=env, cwd=target, what=what, hint=hint)


def _build(final: Path, file: Path, assets: Path | None = None) -> Path:
    """Unpack the package and its assets into one folder, without what misleads."""
    with files.build_folder(final) as working:
        if assets is None:
            assets = working / "assets"
            _fetch(assets, working / "apt", from_archive=False)
        root = working / "root"
        with step(f"unpacking Odoo {final.name}"):
            for deb in [file, *sorted(assets.glob("[fl]*.deb"))]:
                capture(["dpkg", "-x", deb, root], what=f"unpacking {deb.name}")
            _repair(root / PACKAGES)
            for entry in [*working.iterdir()]:
                if entry != root:
                    files.remove(entry)
            for entry in [*root.iterdir()]:
                entry.rename(working / entry.name)
            root.rmdir()
        _report_dangling(working)
    files.remove(_folder() / "download")
    return final


def _repair(packages: Path) -> None:
    # "addons" is an incomplete duplicate of odoo/addons, without views and data
    for useless in ("addons", "setup", "doc"):
        files.remove(packages / useless)
    stub = packages / SEGMENTATION
    if not stub.exists():
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text(SEGMENTATION_STUB)


def _report_dangling(folder: Path) -> None:
    links = (path for path in (folder / PACKAGES).rglob("*") if path.is_symlink())
    dangling = [path for path in links if not path.exists()]
    for path in dangling[:5]:
        say(f"  note: this link of the package leads nowhere: {path}")
