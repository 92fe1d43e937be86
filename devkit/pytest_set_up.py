"""pytest plugin: what common classes of the addon's tests set up is made once for the
classes that follow each other (``order_process_cn/tests/set_up_once.py``)."""

import sys

import pytest

from devkit import paths

# imported by the tests themselves, if they are the addon's
KEEPER = f"odoo.addons.{paths.ADDON}.tests.set_up_once"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Note for ``devkit.pytest_order`` what should follow each other."""
    if keeper := sys.modules.get(KEEPER):
        keeper.enable()
        for item in items:
            item.begins_with = [one.__name__ for one in keeper.path_of(_cls(item))]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """What another class has set up must not stand in the way of this one."""
    if keeper := sys.modules.get(KEEPER):
        keeper.give_up(but_for=_cls(item))


@pytest.fixture(scope="session", autouse=True)
def nothing_is_kept_at_the_end(load_http):
    """Before the server of pytest-odoo stops, which closes every connection."""
    yield
    if keeper := sys.modules.get(KEEPER):
        keeper.give_up()


def _cls(item: pytest.Item) -> type | None:
    return getattr(item, "cls", None)
