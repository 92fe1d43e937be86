"""Where things live: the clone, its git-ignored ``.dev`` folder, the user's cache."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDON = "order_process_cn"
ADDON_DIR = ROOT / ADDON

DEV = ROOT / ".dev"
LOGS = DEV / "log"
RESULTS = DEV / "results"
SCREENSHOTS = DEV / "screenshots"
DATA = DEV / "data"
CONF = DEV / "odoo.conf"


def cache() -> Path:
    """Folder shared by all clones of one user: downloads, Odoo, Python packages."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / ADDON


def clone_id() -> str:
    """Short name of this clone, for things that cannot live inside it."""
    return digest(ROOT)[:8]


def digest(*parts: object) -> str:
    """Hash of the parts, in their order."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()


def make_dev_folders() -> None:
    for folder in (LOGS, RESULTS, SCREENSHOTS, DATA):
        folder.mkdir(parents=True, exist_ok=True)
