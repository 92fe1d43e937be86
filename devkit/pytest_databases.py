"""pytest plugin: a database of its own for every process that runs addon tests.

pytest-odoo is given a template by ``--odoo-database``; nothing may connect to that, so
the name is replaced by a clone's before pytest-odoo reads it. With pytest-xdist each
worker gets one. (pytest-odoo's own clones lack a filestore of their own.)
"""

import os

import pytest

from devkit import databases, storage

_clones: list[storage.Database] = []


def _clone(config: pytest.Config, label: str) -> str:
    database = databases.copy_of(config.getoption("odoo_database"), label)
    _clones.append(database)
    return database.name


@pytest.hookimpl(tryfirst=True, hookwrapper=True)
def pytest_cmdline_main(config: pytest.Config):
    worker = getattr(config, "workerinput", None)
    if worker:
        config.option.odoo_database = worker["odoo_database"]
        # else pytest-odoo makes one more clone
        os.environ.pop("PYTEST_XDIST_WORKER", None)
    elif not config.getoption("numprocesses", 0):
        config.option.odoo_database = _clone(config, "addon")
    try:
        yield
    finally:
        for database in _clones:
            database.drop()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """Runs in the process that distributes the tests, before a worker starts."""
    name = _clone(node.config, f"addon_{node.workerinput['workerid']}")
    node.workerinput["odoo_database"] = name
