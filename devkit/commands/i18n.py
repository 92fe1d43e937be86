"""write the addon's .pot and bring i18n/zh_CN.po up to date

Translations are kept, obsolete terms removed, new terms added untranslated. The exit
status is 1 when terms are untranslated, or with --check when the files would change.
"""

import subprocess
import tempfile
from pathlib import Path

from devkit import databases, odoo_run, paths, workspace
from devkit.arguments import parser
from devkit.console import step


def run(arguments: list[str]) -> int:
    options = parser(__doc__, "i18n")
    options.add_argument("--check", action="store_true", help="change nothing")
    check = options.parse_args(arguments).check
    here = workspace.prepare()
    with tempfile.TemporaryDirectory(dir=paths.DEV) as folder:
        exported = Path(folder) / f"{paths.ADDON}.pot"
        _export(exported)
        target = paths.ADDON_DIR / "i18n"
        merge = here.command("devkit.i18n_merge", exported, target)
        if check:
            merge.append("--check")
        return subprocess.run(merge, env=here.environment()).returncode


def _export(target: Path) -> None:
    with databases.clone("plain", "i18n") as database, step("exporting the terms"):
        odoo_run.export_terms(database.name, target, paths.LOGS / "i18n.log")
