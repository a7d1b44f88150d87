"""The secret ballot: no path from a voter to a vote, and a tally that equals the receipts."""

import itertools
import threading

import psycopg
import pytest

from blueprints.bargaining.ballots import actions as ballots
from blueprints.bargaining.ballots import casting
from blueprints.bargaining.ballots import queries as ballot_queries
from blueprints.bargaining.ballots.casting import Fate
from blueprints.bargaining.ground.ballot_models import Choice, Elector, Method
from rules.broken import RuleBroken
from tenants.db import db
from tests.bargaining.table_world import VOTED, Table, opened, voting
from tests.offers.world import instant

CHOICES = list(Choice)
SLOT = (
    "INSERT INTO ballot_slot (tenant_id, slip_hash, choice, receipt, cast_at) "
    "VALUES ({tenant}, '{h}', 'in_favour', 'x', now())"
)


@pytest.fixture
def box(ours):
    """An on-line vote of nine that has not begun."""
    return voting(ours, method=Method.ONLINE, electorate=9)


def app_connection(here: Table) -> psycopg.Connection:
    """The app's own role, with the federation named as the app names it."""
    url = here.federation.app.extensions["settings"].database_url
    connection = psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"))
    connection.execute(f"SELECT set_config('app.tenant_id', '{here.federation.id}', false)")
    connection.commit()
    return connection


def test_what_was_cast_is_counted_and_every_receipt_is_found(box):
    codes = box.open()
    cast = [box.cast(code, choice) for code, choice in zip(codes, CHOICES * 3, strict=True)]
    box.close()
    with box.at(VOTED, 19):
        unit = box.unit()
        kept = ballot_queries.receipts_of(box.ballot().id)
        assert all(casting.counted(casting.shown(receipt)) for _, receipt in cast)
        assert not casting.counted("ABCD-EFGH-JKMN")
    assert (unit.in_favour, unit.against, unit.abstained, unit.present) == (3, 3, 3, 9)
    assert sorted(receipt for _, receipt in cast) == list(kept)


def test_a_slip_is_cast_once_and_only_while_the_vote_is_open(box):
    codes = box.open()
    assert box.cast(codes[0], hour=8)[0] is Fate.NOT_OPEN
    assert box.cast(codes[0])[0] is Fate.COUNTED
    assert box.cast(codes[0])[0] is Fate.USED
    assert box.cast("A" * 32)[0] is Fate.UNKNOWN
    assert box.cast(codes[1], hour=17)[0] is Fate.CLOSED
    box.close()
    assert box.cast(codes[1])[0] is Fate.CLOSED


def test_no_column_leads_from_a_voter_or_a_slip_to_a_vote(box, superuser):
    """By id: what refers to what. Nothing that knows of a choice refers to a slip or a person."""
    with box.at(VOTED, 8):
        people = [Elector(name=f"代表{n}", delegation="一线") for n in range(9)]
        ballots.enter_roll(box.case, box.ballot(), box.unit(), people)
        db.session.commit()
    for code in box.open():
        box.cast(code)
    referring = superuser.ask(
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint "
        "WHERE contype = 'f' AND conrelid IN ('ballot_slip'::regclass, 'ballot_box'::regclass, "
        "'ballot_slot'::regclass, 'elector'::regclass) ORDER BY 1, 2"
    )
    assert {to for _, to in referring} == {"tenant", "voting_unit"}
    columns = superuser.ask(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name IN ('ballot_slip', 'elector', 'ballot_box')"
    )
    knows = {name for _, name in columns} - {"tenant_id", "id", "unit_id", "created_at"}
    assert knows == {
        "slip_hash", "used", "receipt", "number", "name", "delegation", "frontline", "woman",
        "manager", "in_favour", "against", "abstained",
    }  # fmt: skip


def test_no_order_leads_from_a_slip_to_a_vote(box, superuser):
    """By order: slips lie in the order of their hashes, and of the votes there is one row."""
    codes = box.open()
    for code, choice in zip(codes, itertools.cycle(CHOICES), strict=False):
        box.cast(code, choice)
    unit = box.unit_id()
    rows = superuser.ask("SELECT slip_hash FROM ballot_slip WHERE unit_id = %s ORDER BY id", unit)
    hashes = [one for (one,) in rows]
    assert hashes == sorted(hashes)
    assert codes != sorted(codes, key=casting.fingerprint), "handed out in another order"
    assert superuser.ask("SELECT count(*) FROM ballot_box WHERE unit_id = %s", unit) == [(1,)]
    assert superuser.ask("SELECT count(*) FROM ballot_slot") == [(0,)]


def test_no_time_leads_from_a_slip_to_a_vote(box, superuser):
    """By time: nothing is stamped when somebody votes, and the trail is silent about it."""
    codes = box.open()
    before = superuser.ask("SELECT count(*) FROM event")[0][0]
    for code in codes:
        box.cast(code)
    assert superuser.ask("SELECT count(*) FROM event")[0][0] == before
    moments = superuser.ask(
        "SELECT DISTINCT created_at FROM ballot_slip WHERE unit_id = %s", box.unit_id()
    )
    assert len(moments) == 1
    timed = superuser.ask(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND table_name IN ('ballot_slip', 'ballot_box') AND data_type ~ '^timestamp'"
    )
    assert {name for (name,) in timed} == {"created_at"}


def test_the_code_itself_is_kept_nowhere(box, superuser):
    codes = box.open()
    box.cast(codes[0])
    for table in superuser.tables:
        rows = superuser.ask(f'SELECT t::text FROM "{table}" t')
        assert not any(code in text for (text,) in rows for code in codes), table


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM ballot_box",
        "UPDATE ballot_box SET in_favour = 9",
        "UPDATE ballot_slip SET used = false",
        "INSERT INTO ballot_slip (tenant_id, unit_id, slip_hash) VALUES ({tenant}, {unit}, '{h}')",
        "DELETE FROM ballot_slip",
        "UPDATE voting_unit SET electorate = 99 WHERE id = {unit}",
        "UPDATE voting_unit SET in_favour = 9, present = 9 WHERE id = {unit}",
        "INSERT INTO elector (tenant_id, unit_id, number, name) VALUES ({tenant}, {unit}, 1, 'x')",
        SLOT,
        "UPDATE ballot SET result = 'passed', decided_at = now() WHERE id = {ballot}",
        "UPDATE ballot SET text_sha256 = '{h}' WHERE id = {ballot}",
    ],
)
def test_the_service_itself_can_neither_look_nor_stuff(box, statement):
    box.open()
    with box.at(VOTED, 10):
        known = {"tenant": box.federation.id, "unit": box.unit().id, "ballot": box.ballot().id}
    with app_connection(box) as connection, pytest.raises(psycopg.Error) as refused:
        connection.execute(statement.format(h="0" * 64, **known))
    assert refused.value.sqlstate in {"42501", "23514", "23503"}


def test_the_sums_of_a_closed_vote_are_the_databases_whatever_is_written(box):
    for code in box.open():
        box.cast(code, Choice.AGAINST)
    with app_connection(box) as connection:
        unit = box.unit_id()
        connection.execute("UPDATE ballot SET closed_at = now()")
        connection.execute(
            "UPDATE voting_unit SET in_favour = 9, against = 0, abstained = 0, present = 9 "
            "WHERE id = %s", (unit,)
        )  # fmt: skip
        kept = connection.execute(
            "SELECT in_favour, against, present FROM voting_unit WHERE id = %s", (unit,)
        ).fetchone()
        connection.rollback()
    assert kept == (0, 9, 9)


def test_two_hundred_cast_while_it_is_being_closed_and_the_tally_equals_the_receipts(ours):
    here = opened(ours).meet().write().agree().convene(method=Method.ONLINE, electorate=200)
    codes = here.open()
    fates, gate = [], threading.Barrier(9)
    half, shut = threading.Event(), threading.Event()

    def vote(number: int) -> None:
        gate.wait()
        for turn, code in enumerate(codes[number::8]):
            if turn == 24:  # the last of each comes too late for certain
                shut.wait()
            with ours.scope(at=instant(VOTED, 16, 59)):
                fates.append(casting.cast(code, CHOICES[turn % 3]))
                db.session.commit()
            if len(fates) > 90:
                half.set()

    def close() -> None:
        gate.wait()
        half.wait()
        here.close(hour=17)
        shut.set()

    workers = [threading.Thread(target=vote, args=(number,)) for number in range(8)]
    workers.append(threading.Thread(target=close))
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    receipts = sorted(receipt for fate, receipt in fates if fate is Fate.COUNTED)
    with here.at(VOTED, 18):
        unit, kept = here.unit(), ballot_queries.receipts_of(here.ballot().id)
    assert len(fates) == 200
    assert {fate for fate, _ in fates} == {Fate.COUNTED, Fate.CLOSED}
    assert list(kept) == receipts
    assert unit.in_favour + unit.against + unit.abstained == len(receipts) == unit.present


def test_it_is_not_closed_early_while_somebody_may_still_vote(box):
    codes = box.open()
    with pytest.raises(RuleBroken, match="some have not voted"):
        box.close(hour=12)
    for code in codes:
        box.cast(code)
    box.close(hour=12)
    with box.at(VOTED, 19):
        assert box.unit().passed


def test_a_voter_reads_the_text_votes_and_gets_a_receipt(box, visitor):
    code = box.open()[0]
    url = box.federation.url(f"/vote/{code}")
    with box.at(VOTED, 10):
        page = visitor.get(url)
        sent = visitor.post(url, data={"choice": "in_favour"})
        again = visitor.post(url, data={"choice": "against"})
    assert "最低工资（服务员）：2150元/月" in page.text
    assert sent.status_code == 200
    assert again.status_code == 409
    with box.at(VOTED, 10):
        assert ballot_queries.receipts_of(box.ballot().id)[0] in sent.text.replace("-", "")
