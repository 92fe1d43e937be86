"""The database with which ``./dev bench`` compares: tier validation of the OCA.

That code is under the AGPL. It is installed into a folder of its own in the cache and
runs in processes of its own; nothing of ours imports it or depends on it.
"""

from pathlib import Path

from devkit import files, locks, odoo_run, paths, storage, templates, workspace
from devkit.console import step
from devkit.process import clean_environment, run_logged

MODULE = "sale_tier_validation"
PACKAGES = (
    "odoo-addon-base_tier_validation==19.0.1.4.6",
    "odoo-addon-sale_tier_validation==19.0.1.0.0.3",
)


def tiers() -> str:
    """Name of the template with the tier validation, built first if need be."""
    key = paths.digest(templates.template_name("core"), *PACKAGES)
    name = storage.full_name(f"t_tiers_{key[:12]}")
    if not storage.exists(name):
        core = templates.ensure("core")
        with locks.locked(paths.DEV / "templates.lock"):
            for old in storage.names(storage.full_name("t\\_tiers\\_%")):
                storage.drop(old)
            _build(core, name)
    return name


def addons() -> tuple[str, ...]:
    """The folders of modules there: Odoo's own, and the package's."""
    return (*workspace.current().odoo.addons, str(_folder() / "odoo" / "addons"))


def _build(core: str, name: str) -> None:
    _download()
    working = storage.Database(storage.full_name("working_tiers"))
    with step(f"installing {MODULE} to compare with"):
        storage.copy(core, working.name)
        options = ["--addons-path=" + ",".join(addons())]
        log = paths.LOGS / "template-tiers.log"
        odoo_run.install(working.name, [MODULE], log, options)
        working.query("VACUUM ANALYZE")
    storage.rename(working.name, name)


def _folder() -> Path:
    return paths.cache() / "bench" / paths.digest(*PACKAGES)[:12]


def _download() -> None:
    pip = [workspace.current().python, "-m", "pip", "install", "--no-deps"]
    pip += ["--no-input", "--progress-bar=off", "--disable-pip-version-check"]
    with locks.locked(_folder().parent / "lock"):
        if _folder().exists():
            return
        with step("downloading the packages to compare with"):
            with files.build_folder(_folder()) as working:
                run_logged(
                    [*pip, "--target", working, *PACKAGES],
                    paths.LOGS / "bench-packages.log",
                    env=clean_environment(),
                    what="pip could not download the packages to compare with",
                    hint="Check the network and pip's configuration, then start again.",
                )
