"""The list of campaigns: filtered, sorted, taken away, and asked for as often however long."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from blueprints.offers.campaigns import actions as campaigns
from tenants.db import db
from tests.offers.campaign_world import drafted, out, settled
from tests.offers.world import ISSUED


@pytest.fixture
def town(ours):
    return settled(ours)


@contextmanager
def asked(app):
    """The statements sent to the database inside this block."""
    statements = []

    def note(_connection, _cursor, statement, *_):
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_the_list_asks_the_database_as_often_for_thirty_as_for_one(ours, town, as_):
    drafted(ours, town)
    client, url = as_(ours.auditor), ours.url("/campaigns")
    client.get(url)
    with asked(ours.app) as one:
        assert "1 campaign" in client.get(url).text
    with ours.scope(at=ISSUED):
        for number in range(29):
            campaigns.create(
                name=f"行动{number}",
                contract_kind="wage",
                subject="工资",
                by_id=ours.officer.id,
            )
        db.session.commit()
    with asked(ours.app) as thirty:
        assert "30 campaigns" in client.get(url).text
    assert len(thirty) == len(one)


def test_the_list_filters_sorts_and_exports_what_it_shows(ours, town, as_):
    drafted(ours, town)
    out(ours, town, name="商贸行业要约", industries=("52",))
    client, url = as_(ours.auditor), ours.url("/campaigns")
    assert "1 campaign" in client.get(f"{url}?state=running").text
    assert "1 campaign" in client.get(f"{url}?q=餐饮").text
    assert "2 campaigns" in client.get(f"{url}?state=nonsense&year=x").text
    sheet = client.get(f"{url}/export.csv?state=running").text
    assert "商贸行业要约" in sheet
    assert "餐饮行业春季要约" not in sheet
    ordered = client.get(f"{url}?sort=-addressed").text
    assert ordered.index("商贸行业要约") < ordered.index("餐饮行业春季要约")
