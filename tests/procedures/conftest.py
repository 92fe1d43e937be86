"""``company``: the demo company with nothing switched on, one for all these files of a
worker; ``switched_on("P01")`` switches a procedure on as its page does, and off again
after the test."""

import pytest
from company import Company
from steps import check_log

from devkit import databases
from devkit.server import OdooServer


@pytest.fixture(scope="session")
def demo_company():
    with databases.clone("demo", "procedures") as database:
        with OdooServer(database) as server:
            company = Company(database, server)
            company.switch_everything_off()
            yield company
    check_log(server)


@pytest.fixture
def server(demo_company):
    """Pages are those of the company of these files."""
    return demo_company.server


@pytest.fixture
def company(demo_company):
    """The company as the last test left it: what it switched on is off again."""
    yield demo_company
    demo_company.switch_off()


@pytest.fixture
def switched_on(company):
    return company.switch_on
