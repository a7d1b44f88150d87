"""Every subset of the conditions, as the app role: only the full set publishes (peers.md, 17)."""

import itertools

import psycopg
import pytest
from sqlalchemy import text

from blueprints.exposures import publishing
from rules.broken import RuleBroken
from tenants.db import db
from tests.exposures.world import SHOWN, Silent
from tests.offers.world import instant

# One statement that takes one condition away again, raw, as the app role.
TAKEN_AWAY = {
    "served": "UPDATE service SET state = 'disputed' WHERE offer_id = {offer}",
    "lapsed": "UPDATE deadline SET status = 'running' WHERE subject_kind = 'offer'"
    " AND subject_id = {offer}",
    "longest": "UPDATE deadline SET longest_on = date '2026-01-01' WHERE subject_kind = 'offer'"
    " AND subject_id = {offer}",
    "feedback": "DELETE FROM feedback WHERE offer_id = {offer}",
    "demand": "UPDATE exposure_step SET due_on = date '2026-01-01' WHERE offer_id = {offer}"
    " AND kind = 'demand'",
    "opinion": "UPDATE exposure_step SET answered_on = served_on, answer = 'x'"
    " WHERE offer_id = {offer} AND kind = 'opinion'",
    "interview": "UPDATE exposure_step SET held_on = NULL WHERE offer_id = {offer}"
    " AND kind = 'interview'",
    "intent": "UPDATE exposure SET window_ends_on = date '2026-01-01' WHERE id = {exposure}",
    "objection": "UPDATE exposure SET objection = 'x', objection_at = now() WHERE id = {exposure}",
    "legal": "UPDATE exposure SET reviewed_at = NULL WHERE id = {exposure}",
    "approvers": "UPDATE exposure SET second_approver_id = NULL WHERE id = {exposure}",
    "enterprise": "UPDATE enterprise SET status = 'closed' WHERE id ="
    " (SELECT enterprise_id FROM offer WHERE id = {offer})",
}
RECHECK = "UPDATE exposure SET recheck_at = timestamptz '{at}' WHERE id = {exposure}"
PUBLISH = (
    "UPDATE exposure SET state = 'published', document_no = 'raw', published_at = "
    "timestamptz '{at}', expires_on = date '2025-09-20' WHERE id = {exposure}"
)


@pytest.fixture
def ready(ours):
    silent = Silent(ours)
    silent.ready()
    return silent


def subsets(names):
    for size in range(len(names) + 1):
        yield from itertools.combinations(names, size)


def app_connection(silent):
    """The app's own role, with the federation named as the app names it."""
    url = silent.federation.app.extensions["settings"].database_url
    connection = psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"))
    connection.execute(f"SELECT set_config('app.tenant_id', '{silent.federation.id}', false)")
    connection.commit()
    return connection


def outcome(connection, statements):
    """Whether all of it went through, in a savepoint that is undone in any case."""
    connection.execute("SAVEPOINT before")
    try:
        connection.execute("; ".join(statements))
    except psycopg.errors.CheckViolation:
        return False
    else:
        return True
    finally:
        connection.execute("ROLLBACK TO SAVEPOINT before")


def test_raw_sql_publishes_with_the_full_set_of_conditions_and_with_no_other(ready):
    """4,096 subsets of twelve conditions; the smallest also without the recheck."""
    known = {"offer": ready.offer_id, "exposure": ready.exposure_id, "at": instant(SHOWN)}
    connection = app_connection(ready)
    published = []
    try:
        for missing in subsets(tuple(TAKEN_AWAY)):
            take_away = [TAKEN_AWAY[name].format(**known) for name in missing]
            for rechecked in (True, False) if len(missing) < 2 else (True,):
                recheck = [RECHECK.format(**known)] if rechecked else []
                if outcome(connection, [*take_away, *recheck, PUBLISH.format(**known)]):
                    published.append((missing, rechecked))
    finally:
        connection.rollback()
        connection.close()
    assert published == [((), True)]


GATES = {
    "served": ("served",),
    "lapsed": ("longest",),
    "ladder": ("demand",),
    "heard": ("intent",),
    "objection": ("objection",),
    "legal": ("legal",),
    "enterprise": ("enterprise",),
    "approvers": ("approvers",),
}


def test_the_verb_publishes_with_all_gates_and_refuses_every_other_subset_in_words(ready):
    known = {"offer": ready.offer_id, "exposure": ready.exposure_id}
    published, reasons = [], set()
    with ready.on(SHOWN):
        for missing in subsets(tuple(GATES)):
            point = db.session.begin_nested()
            for gate in missing:
                for name in GATES[gate]:
                    db.session.execute(text(TAKEN_AWAY[name].format(**known)))
            try:
                publishing.publish(ready.exposure(), by_id=ready.federation.officer.id)
                published.append(missing)
            except RuleBroken as refused:
                reasons.add((refused.text.zh, refused.text.en))
            finally:
                point.rollback()
                db.session.expire_all()
        db.session.rollback()
    assert published == [()]
    assert len(reasons) >= len(GATES)
    assert all(zh and en for zh, en in reasons)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE exposure SET state = 'upheld' WHERE id = {exposure}",
        "UPDATE exposure SET state = 'objection_marked' WHERE id = {exposure}",
        "UPDATE exposure SET body = 'another text' WHERE id = {exposure}",
        "UPDATE exposure SET proposed_by_id = second_approver_id WHERE id = {exposure}",
        "UPDATE exposure SET second_approver_id = first_approver_id WHERE id = {exposure}",
        "UPDATE exposure SET first_approver_id = proposed_by_id WHERE id = {exposure}",
        "UPDATE exposure SET reviewed_by_id = proposed_by_id WHERE id = {exposure}",
        "UPDATE exposure SET window_ends_on = intent_served_on + 1 WHERE id = {exposure}",
        "UPDATE exposure SET intent_post_number = NULL WHERE id = {exposure}",
        "UPDATE exposure_step SET approved_by_id = proposed_by_id WHERE offer_id = {offer}",
        (
            "INSERT INTO exposure_publication (tenant_id, exposure_id, channel, rank,"
            " published_at, published_by_id) SELECT tenant_id, id, 'circular', 1, now(),"
            " proposed_by_id FROM exposure WHERE id = {exposure}"
        ),
        (
            "INSERT INTO exposure (tenant_id, offer_id, state, facts, body, channels,"
            " duration_days, proposed_by_id, proposed_at) SELECT tenant_id, offer_id,"
            " 'published', facts, body,"
            " channels, duration_days, proposed_by_id, now() FROM exposure WHERE id = {exposure}"
        ),
        (
            "UPDATE exposure SET recheck_at = timestamptz '2125-08-26'; UPDATE exposure SET"
            " state = 'published', document_no = 'raw', published_at = timestamptz '2125-08-26',"
            " expires_on = date '2125-08-27' WHERE id = {exposure}"
        ),
    ],
)
def test_raw_sql_finds_no_way_round(ready, statement):
    known = {"offer": ready.offer_id, "exposure": ready.exposure_id}
    with app_connection(ready) as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(statement.format(**known))


@pytest.mark.parametrize("table", ["exposure", "exposure_step", "exposure_publication"])
def test_nothing_on_file_can_be_deleted(ready, table):
    with (
        app_connection(ready) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(f"DELETE FROM {table}")


def test_a_reply_in_raw_sql_takes_the_announcement_down_in_its_own_transaction(ready):
    ready.publish()
    with app_connection(ready) as connection:
        connection.execute(
            "INSERT INTO reply (tenant_id, offer_id, kind, channel, received_at, person_name)"
            f" VALUES ({ready.federation.id}, {ready.offer_id}, 'accept', 'paper',"
            " timestamptz '2025-08-27 03:00+00', 'x')"
        )
        row = connection.execute(
            f"SELECT state, withdrawn_ground FROM exposure WHERE id = {ready.exposure_id}"
        ).fetchone()
        assert row == ("withdrawn", "remedied")
        open_ = connection.execute(
            "SELECT count(*) FROM exposure_publication WHERE withdrawn_at IS NULL"
        ).fetchone()
        assert open_ == (0,)
