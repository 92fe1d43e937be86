"""Template databases: installed once, cloned for every run.

========== ================================================================
core       what the addon depends on and what only its tests need, no demo
plain      core and the addon
demo       core and the addon with its own demo data (not Odoo's)
wide_core  core and modules that share orders, stock and payment with the addon
wide       wide_core and the addon
suites     core and the modules whose own tests ``./dev odoo-tests`` runs
both       suites and the addon
========== ================================================================

The name of a template contains a hash of everything it was made from.
"""

import ast
import functools
import os
import re
import time
from dataclasses import dataclass

from devkit import (
    files,
    install_log,
    locks,
    odoo_run,
    paths,
    storage,
    template_cache,
    workspace,
)
from devkit.console import Failure, step

LANGUAGES = "en_US,zh_CN"
ONLY_FOR_TESTS = ("payment_demo",)
CO_INSTALLED = (
    "website_sale",
    "pos_sale",
    "sale_project",
    "sale_loyalty",
    "stock_picking_batch",
    "mrp_subcontracting_dropshipping",
    "purchase_requisition",
)
ODOO_SUITES = (
    "sale",
    "sale_stock",
    "sale_mrp",
    "sale_management",
    "mrp",
    "purchase",
    "purchase_stock",
    "stock",
    "mrp_subcontracting",
    "sale_purchase",
    "stock_delivery",
)
KEPT = 2
NOT_HASHED = re.compile(r"^(static/)?tests/|__pycache__|\.pot$")

# Without this, logins call a web service about the company and log warnings.
NO_ENRICHMENT = """
DO $$ BEGIN
    UPDATE res_company SET iap_enrich_auto_done = true;
EXCEPTION WHEN undefined_column THEN NULL;
END $$"""
# The loader gives demo data to a module only if its dependencies have some. They do
# not, and shall not: ours stands alone.
PRETEND_DEMO = "UPDATE ir_module_module SET demo = true WHERE state = 'installed'"
# Else an upgrade of Odoo's modules would load theirs.
END_PRETENCE = f"UPDATE ir_module_module SET demo = (name = '{paths.ADDON}')"
# So that the first page is quick; the bundles of the web client's own unit tests take
# as long as all others together.
BUNDLES = """
qweb = env["ir.qweb"]
scripts, styles = qweb._get_bundles_to_pregenarate()
for name in sorted(scripts - {"web.tests_assets", "web.assets_unit_tests_setup"}):
    qweb._get_asset_bundle(name, css=False, js=True).js()
for name in sorted(styles):
    qweb._get_asset_bundle(name, css=True, js=False).css()
env.cr.commit()
"""
# Those that our pages load, where our files belong to them.
BUNDLES_WITH_ADDON = """
unused = {
    "web.tests_assets",
    "web.assets_unit_tests",
    "web.assets_unit_tests_setup",
    "web.assets_web_dark",
}
qweb = env["ir.qweb"]
scripts, styles = qweb._get_bundles_to_pregenarate()
for name in sorted(scripts - unused):
    qweb._get_asset_bundle(name, css=False, js=True).js()
for name in sorted(styles - unused):
    qweb._get_asset_bundle(name, css=True, js=False).css()
env.cr.commit()
"""


@dataclass(frozen=True)
class Flavour:
    parent: str
    modules: tuple[str, ...]
    demo: bool = False
    # nobody opens a page where this is False: not even the first one has to be quick
    has_pages: bool = True

    @property
    def has_addon(self) -> bool:
        return self.modules == (paths.ADDON,)


@functools.cache
def _flavours() -> dict[str, Flavour]:
    addon = (paths.ADDON,)
    return {
        "core": Flavour("", (*manifest()["depends"], *ONLY_FOR_TESTS)),
        "plain": Flavour("core", addon),
        "demo": Flavour("core", addon, demo=True),
        "wide_core": Flavour("core", CO_INSTALLED, has_pages=False),
        "wide": Flavour("wide_core", addon, has_pages=False),
        "suites": Flavour("core", (*ODOO_SUITES, "rating")),
        "both": Flavour("suites", addon),
    }


def manifest() -> dict:
    text = (paths.ADDON_DIR / "__manifest__.py").read_text(encoding="utf-8")
    return ast.literal_eval(text)


def addon_hash() -> str:
    """Hash of all files of the addon that an installation could depend on."""
    parts: list[object] = []
    for file in sorted(paths.ADDON_DIR.rglob("*")):
        relative = file.relative_to(paths.ADDON_DIR)
        if file.is_file() and not NOT_HASHED.search(str(relative)):
            parts += [relative, paths.digest(file.read_bytes())]
    return paths.digest(*parts)


def template_name(flavour: str) -> str:
    """Named after everything the content depends on, this recipe included."""
    return storage.full_name(f"t_{flavour}_{_key(flavour)[:12]}")


def _key(flavour: str) -> str:
    this = _flavours()[flavour]
    if this.parent:
        base = _key(this.parent)
    else:
        recipe = LANGUAGES, NO_ENRICHMENT, PRETEND_DEMO, END_PRETENCE, BUNDLES
        base = paths.digest(workspace.current().odoo.fingerprint, *recipe)
    content = sorted(this.modules)
    if this.has_addon:
        content = [addon_hash(), BUNDLES_WITH_ADDON]
    return paths.digest(base, content, this.demo)


def ensure(flavour: str) -> str:
    """Name of the template, built first if need be."""
    if flavour not in _flavours():
        known = ", ".join(_flavours())
        raise Failure(f"no database flavour {flavour!r}; there are {known}")
    name = template_name(flavour)
    if not storage.exists(name):
        # two that are built from the same one are built beside each other
        with locks.locked(paths.DEV / f"template-{flavour}.lock"):
            _build_once(flavour)
    storage.set_note(name, f"last used {time.time():.0f}")
    return name


def _build_once(flavour: str) -> None:
    name = template_name(flavour)
    if storage.exists(name):  # somebody else was quicker
        return
    this = _flavours()[flavour]
    if this.parent:
        ensure(this.parent)
    working = storage.Database(storage.full_name(f"working_{flavour}"))
    if this.has_addon or not _from_cache(flavour, name, working):
        with step(f"building the template database {flavour}"):
            _build(flavour, working)
            # a machine of the continuous integration is thrown away
            if not this.has_addon and "CI" not in os.environ:
                template_cache.keep(name, working)
    storage.rename(working.name, name)
    _prune(name)


def _from_cache(flavour: str, name: str, working: storage.Database) -> bool:
    if not template_cache.has(name):
        return False
    with step(f"restoring the template database {flavour} from the cache"):
        if not template_cache.restore(name, working):
            return False
        working.query("VACUUM ANALYZE")
        return True


def _build(flavour: str, database: storage.Database) -> None:
    this = _flavours()[flavour]
    log = paths.LOGS / f"template-{flavour}.log"
    files.remove(log)
    database.drop()
    languages = []
    if this.parent:
        storage.copy(template_name(this.parent), database.name)
    else:
        languages = [f"--load-language={LANGUAGES}"]
    if this.demo:
        database.query(PRETEND_DEMO)
    odoo_run.install(database.name, this.modules, log, languages)
    install_log.check(log, 0, strict=this.has_addon)
    _check_installed(database, this.modules)
    if this.demo:
        database.query(END_PRETENCE)
    if not this.parent:
        database.query(NO_ENRICHMENT)
    if this.has_pages:
        bundles = BUNDLES_WITH_ADDON if this.has_addon else BUNDLES
        odoo_run.script(database.name, bundles, log)
    database.query("VACUUM ANALYZE")


def _check_installed(database: storage.Database, modules: tuple[str, ...]) -> None:
    rows = database.query("SELECT name FROM ir_module_module WHERE state = 'installed'")
    absent = set(modules) - {name for (name,) in rows}
    if absent:
        raise Failure(f"Odoo did not install {', '.join(sorted(absent))}")


def _prune(newest: str) -> None:
    """Keep the templates of this flavour that were used last."""
    others = [name for name in storage.names() if _same_flavour(name, newest)]
    others.sort(key=storage.note, reverse=True)
    for name in others[KEPT - 1 :]:
        storage.drop(name)


def _same_flavour(name: str, other: str) -> bool:
    return name != other and name.rpartition("_")[0] == other.rpartition("_")[0]
