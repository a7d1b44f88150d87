"""Two furnished federations for the walks through every address."""

import pytest
from flask import Flask

from tests.architecture.furnished import Furnished, furnish
from tests.tenants.superuser import admin_url, superuser
from tests.world import found

__all__ = ["admin_url", "superuser"]


@pytest.fixture(scope="session")
def here(app: Flask) -> Furnished:
    return furnish(found(app, division="421000"))


@pytest.fixture(scope="session")
def elsewhere(app: Flask) -> Furnished:
    return furnish(found(app, division="330100"))
