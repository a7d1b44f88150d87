"""The trail on screen."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import create_engine, text

from tenants import trail
from tenants.clock import ZONE
from tenants.db import db
from tenants.roles import Role


@pytest.fixture
def written(ours):
    """Ninety lines over three days, by two people."""
    start = datetime(2026, 3, 2, 23, 30, tzinfo=ZONE)
    for day in range(3):
        person = ours.officer if day else ours.approver
        with ours.scope(at=start + timedelta(days=day), by=person):
            lines = [(("enterprise", n), {"changed": {"name": ["旧", "新"]}}) for n in range(30)]
            trail.record_many("enterprise.corrected", lines)
            db.session.commit()
    return ours


def numbers(page):
    return [int(n) for n in re.findall(r'<th scope="row" title="[0-9a-f]{64}">(\d+)<', page.text)]


def test_the_newest_lines_come_first_and_none_is_lost(written, as_):
    client, seen, address = as_(written.auditor), [], written.url("/trail")
    while address:
        page = client.get(address)
        seen += numbers(page)
        link = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = link.group(1).replace("&amp;", "&") if link else ""
    assert seen == list(range(90, 0, -1))


def test_a_line_says_who_did_what_to_what(written, as_):
    page = as_(written.auditor).get(written.url("/trail?kind=enterprise&id=7"))
    assert len(numbers(page)) == 3
    assert written.officer.name in page.text
    assert "corrected the enterprise" in page.text
    assert "Name: 旧 → 新" in page.text


def test_days_are_local_and_both_included(written, as_):
    client = as_(written.auditor)
    one = client.get(written.url("/trail?since=2026-03-03&until=2026-03-03"))
    assert numbers(one) == list(range(60, 30, -1))
    assert len(numbers(client.get(written.url("/trail?since=nonsense&until=2026-03-02")))) == 30


def test_it_is_filtered_by_person_and_deed(written, as_):
    client = as_(written.auditor)
    assert len(numbers(client.get(written.url("/trail?actor=APPROVER")))) == 30
    assert numbers(client.get(written.url("/trail?verb=user.invited"))) == []
    assert "Nothing matches your filters." in client.get(written.url("/trail?actor=%25")).text


def test_it_is_taken_away_as_filtered(written, as_):
    client = as_(written.auditor)
    sheet = client.get(written.url("/trail/export.csv?actor=approver"))
    assert sheet.text.count("\r\n") == 31
    assert client.get(written.url("/trail/export.xlsx")).data[:2] == b"PK"


def test_a_whole_chain_is_proved_with_its_count(written, as_):
    client = as_(written.auditor)
    page = client.get(written.url("/trail/verification"))
    assert "The chain is whole" in page.text
    assert "90 lines were checked" in page.text
    part = client.get(written.url("/trail/verification"), headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<div id="verdict"')


def test_a_line_altered_behind_our_back_is_named(written, as_, settings):
    url = settings.database_owner_url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(url)
    with engine.begin() as owner:
        owner.execute(text("ALTER TABLE event DISABLE TRIGGER event_is_append_only"))
        owner.execute(text("SELECT set_config('app.tenant_id', :t, true)"), {"t": str(written.id)})
        owner.execute(
            text("UPDATE event SET actor = 'x' WHERE tenant_id = :t AND seq = 40"),
            {"t": written.id},
        )
        owner.execute(text("ALTER TABLE event ENABLE TRIGGER event_is_append_only"))
    engine.dispose()
    page = as_(written.auditor).get(written.url("/trail/verification"))
    assert "The chain is broken at line 40" in page.text


def test_an_empty_trail_says_so(ours, as_):
    assert "Nothing has been done yet." in as_(ours.auditor).get(ours.url("/trail")).text


def test_who_reads_the_trail(ours, theirs, as_):
    readers = {Role.ADMINISTRATOR, Role.APPROVER, Role.AUDITOR}
    for role, person in ours.people.items():
        for path in ("/trail", "/trail/verification", "/trail/export.csv"):
            expected = 200 if role in readers else 403
            assert as_(person).get(ours.url(path)).status_code == expected, (role, path)
    assert as_(ours.auditor).get(theirs.url("/trail")).status_code == 404


def test_names_cannot_break_the_page(ours, as_):
    with ours.scope():
        trail.record("enterprise.corrected", ("enterprise", 1), note="<script>alert(1)</script>")
        db.session.commit()
    assert "<script>alert" not in as_(ours.auditor).get(ours.url("/trail")).text
