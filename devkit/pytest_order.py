"""pytest plugin: what takes longest is begun first, so that no worker ends alone.

pytest-xdist begins with the classes or files that have the most tests; some of ours
have few and take minutes. With its ``--no-loadscope-reorder`` the order is the one made
here: the longest, then those with the most tests.

Files that share one company find in it what the files before them have done. They are
run by one worker in the order of their names, so that this is the same in every run.
"""

from collections import Counter

import pytest
from xdist.scheduler import LoadFileScheduling

ONE_COMPANY = "tests/procedures/"
# parts of paths, the longest first, as measured; who is missing here only ends later
LONGEST = (
    "tests/test_install.py",
    "tests/test_papers.py",
    "tests/rights/test_public_acts.py",
    "tests/test_forms_pdf.py",
    "tests/test_change_race.py",
    "tests/test_effect_in_browser.py",
    "tests/reach/test_changes_at_random.py",
    "tests/test_attacks.py",
    "tests/reach/test_supplies_follow.py",
    "tests/test_upgrade.py",
    "tests/production/test_mto_quantities.py",
    "tests/test_kill_safety.py",
    "tests/test_departments.py",
    "tests/test_coinstalled.py",
    "tests/test_adoption_in_browser.py",
    "tests/test_route_card.py",
    "tests/test_suspension_in_browser.py",
    "tests/walk/",
    "tests/test_review_in_browser.py",
    "tests/test_reallocation_race.py",
    "tests/test_concurrency.py",
    "tests/test_document_kit.py",
    "tests/test_urgent_in_browser.py",
    "tests/test_shipping_race.py",
    "tests/test_shipping_batches.py",
    "tests/test_unsaved_forms_in_browser.py",
    "tests/test_inspection_race.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort files, and classes that begin with the same set-up next to each other; what
    belongs together stays so, in the order it has."""
    tests = Counter(_scope(item.nodeid) for item in items)
    at = {scope: number for number, scope in enumerate(tests)}

    def key(item):
        scope = _scope(item.nodeid)
        begins_with = getattr(item, "begins_with", [])
        return _rank(scope), begins_with, -tests[scope], at[scope]

    items.sort(key=key)


class ScopeScheduling(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return _scope(nodeid)


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log) -> ScopeScheduling | None:
    if config.getvalue("dist") == "loadfile":
        return ScopeScheduling(config, log)
    return None


def _scope(nodeid: str) -> str:
    """What is run by one worker: a file, or the files that share a company."""
    return ONE_COMPANY if nodeid.startswith(ONE_COMPANY) else nodeid.split("::")[0]


def _rank(scope: str) -> int:
    if scope == ONE_COMPANY:
        return -1
    return next((n for n, part in enumerate(LONGEST) if part in scope), len(LONGEST))
