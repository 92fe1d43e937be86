"""The database of ``./dev demo``: kept, and upgraded when the addon has changed."""

import contextlib

from devkit import install_log, locks, odoo_run, paths, storage, templates, workspace
from devkit.console import Failure, step
from devkit.storage import Database

NAME = "demo"
# Passwords are hashed; by convention that of a demo user is the login.
LOGINS = f"""
SELECT users.login, partner.name, users.login
  FROM ir_model_data data
  JOIN res_users users ON users.id = data.res_id AND users.active
  JOIN res_partner partner ON partner.id = users.partner_id
 WHERE data.model = 'res.users' AND data.module = '{paths.ADDON}'
 ORDER BY users.id"""
ADMINISTRATOR = ["admin", "Administrator", "admin"]


def ensure(fresh: bool = False) -> Database:
    """Make, reuse or upgrade the database; ``fresh`` begins anew."""
    database = Database(storage.full_name(NAME))
    with locks.locked(paths.DEV / "demo.lock"):
        if fresh or not storage.exists(database.name):
            template = templates.ensure(NAME)
            with step("copying the demo database"):
                storage.copy(template, database.name)
        elif storage.note(database.name) != _state():
            _upgrade(database)
        storage.set_note(database.name, _state())
    return database


def logins(database: Database) -> list[list[str]]:
    """Login, name and password of everybody in the demo data, and the admin."""
    return [ADMINISTRATOR, *database.query(LOGINS)]


def _state() -> str:
    """What the database was made from."""
    return f"{workspace.current().odoo.version} {templates.addon_hash()[:12]}"


def _upgrade(database: Database) -> None:
    odoo_before = storage.note(database.name).rpartition(" ")[0]
    same_odoo = odoo_before == workspace.current().odoo.version
    modules = [paths.ADDON if same_odoo else "all"]
    log = paths.LOGS / "demo-upgrade.log"
    with contextlib.suppress(FileNotFoundError):
        log.unlink()
    with step("the addon has changed: upgrading the demo database"):
        try:
            odoo_run.upgrade(database.name, modules, log)
            install_log.check(log, 0, strict=True)
        except Failure as failure:
            failure.hint = "./dev demo --fresh makes a new demo database instead."
            raise
