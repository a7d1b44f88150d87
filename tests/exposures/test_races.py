"""`Reply commits` against `publish`, at the same instant, hundreds of times."""

import threading
from contextlib import closing

import psycopg
import pytest
from sqlalchemy import text

from blueprints.exposures import publishing
from blueprints.offers.ground.queries import get_offer
from blueprints.offers.ground.service_models import ReplyChannel, ReplyKind
from blueprints.offers.service import actions as offer_actions
from blueprints.offers.service.actions import Answer
from rules.broken import RuleBroken
from tenants.clock import now
from tenants.db import db
from tests.exposures.test_database_refuses import PUBLISH, RECHECK, app_connection
from tests.exposures.world import SHOWN, Silent
from tests.offers.world import instant

BY_VERBS, BY_SQL = 100, 300
TRIES = 10  # each tie ends one of the two; the other statements of a publication may tie again
REPLY = (
    "INSERT INTO reply (tenant_id, offer_id, kind, channel, received_at, person_name)"
    " VALUES ({tenant}, {offer}, 'accept', 'paper', timestamptz '{at}', 'x')"
)
LOCK = "SELECT 1 FROM offer WHERE id = {offer} FOR UPDATE"
SHOW = (
    "INSERT INTO exposure_publication (tenant_id, exposure_id, channel, rank, published_at,"
    " published_by_id) SELECT tenant_id, id, 'circular', 1, published_at, proposed_by_id"
    " FROM exposure WHERE id = {exposure}"
)


@pytest.fixture
def ready(ours):
    silent = Silent(ours)
    silent.ready()
    return silent


@pytest.fixture
def judge(ready):
    """A connection of the owner that remembers, in tables of its own, how the case stood."""
    with closing(owner(ready)) as connection:
        with connection.transaction():
            for table in ("exposure", "offer"):
                connection.execute(f"CREATE TEMP TABLE kept_{table} AS SELECT * FROM {table}")
        yield connection


def owner(silent):
    """Only the owner of the tables can put back what was: a reply is never taken back."""
    url = silent.federation.app.extensions["settings"].database_owner_url
    connection = psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"))
    connection.execute(f"SELECT set_config('app.tenant_id', '{silent.federation.id}', false)")
    connection.commit()
    return connection


def put_back(connection):
    with connection.transaction():
        connection.execute("ALTER TABLE exposure DISABLE TRIGGER USER")
        connection.execute("DELETE FROM exposure_publication")
        connection.execute("DELETE FROM feedback WHERE reply_id IS NOT NULL")
        connection.execute("DELETE FROM reply")
        connection.execute(
            "UPDATE exposure e SET state = k.state, document_no = k.document_no,"
            " published_at = NULL, expires_on = NULL, withdrawn_at = NULL,"
            " withdrawn_ground = NULL, withdrawn_note = NULL, dropped_reason = NULL"
            " FROM kept_exposure k WHERE k.id = e.id"
        )
        connection.execute(
            "UPDATE offer o SET state = k.state, replied_on = NULL FROM kept_offer k"
            " WHERE k.id = o.id"
        )
        connection.execute("ALTER TABLE exposure ENABLE TRIGGER USER")


def standing(connection, silent):
    """State, whether it was ever published, and in how many places it is shown."""
    query = (
        "SELECT state, published_at IS NOT NULL, (SELECT count(*) FROM exposure_publication"
        f" WHERE withdrawn_at IS NULL) FROM exposure WHERE id = {silent.exposure_id}"
    )
    found = connection.execute(query).fetchone()
    connection.commit()
    return found


def at_once(*deeds):
    """Start all at the same instant; the names of those that went through."""
    won, gate = [], threading.Barrier(len(deeds))

    def run(deed):
        gate.wait()
        if deed():
            won.append(deed.__name__)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return won


def judged(silent, connection, number, reply, publish):
    """One race: never shown afterwards, and published only by who came before the reply."""
    won = at_once(reply, publish)
    published = "publish" in won
    expected = ("withdrawn" if published else "decided_drop", published, 0)
    found = standing(connection, silent)
    put_back(connection)
    assert "reply" in won, "a reply is never refused"
    assert found == expected, number


@pytest.mark.parametrize(("races", "in_order"), [(BY_SQL, True), (3, False)])
def test_of_the_races_in_raw_sql_none_is_published_after_a_committed_reply(
    ready, judge, races, in_order
):
    """With the offer locked first, as everybody locks it; and by one who does not know the order.

    Out of order the database breaks the tie by ending one of the two, and a reply comes again.
    """
    known = {
        "tenant": ready.federation.id, "offer": ready.offer_id, "exposure": ready.exposure_id,
        "at": instant(SHOWN),
    }  # fmt: skip
    first = [LOCK] if in_order else []
    with closing(app_connection(ready)) as one, closing(app_connection(ready)) as two:

        def reply():
            for _ in range(TRIES):
                try:
                    one.execute(REPLY.format(**known))
                    one.commit()
                except psycopg.errors.DeadlockDetected:
                    one.rollback()
                else:
                    return True
            return False

        def publish():
            try:
                for statement in (*first, RECHECK, PUBLISH, SHOW):
                    two.execute(statement.format(**known))
                two.commit()
            except (psycopg.errors.CheckViolation, psycopg.errors.DeadlockDetected):
                two.rollback()
                return False
            return True

        for number in range(races):
            judged(ready, judge, number, reply, publish)


def test_of_the_races_by_the_verbs_none_is_published_after_a_committed_reply(ready, judge):
    def reply():
        with ready.on(SHOWN):
            answer = Answer(ReplyKind.ACCEPT, ReplyChannel.REPLY_DESK, "企业联系人")
            offer = get_offer(ready.offer_id, lock=True)
            offer_actions.record_reply(offer, answer, received_at=now())
            db.session.commit()
        return True

    def publish():
        with ready.on(SHOWN):
            try:
                publishing.publish(ready.exposure(), by_id=ready.federation.officer.id)
                db.session.commit()
            except RuleBroken:
                db.session.rollback()
                return False
            return True

    for number in range(BY_VERBS):
        judged(ready, judge, number, reply, publish)
    with ready.federation.scope():
        told = db.session.scalar(
            text("SELECT count(*) FROM notice WHERE kind = 'exposure' AND sequence > 1")
        )
    assert told == 0, "nobody is told twice of the same announcement"
