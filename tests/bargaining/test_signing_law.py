"""One text from the vote to the signature: what the database refuses the app role, in raw SQL."""

import psycopg
import pytest

from blueprints.bargaining.drafts.queries import agreed_draft
from blueprints.bargaining.ground.signature_models import Party
from blueprints.bargaining.signing import queries as signing_queries
from tenants.db import db
from tests.bargaining.table_world import SIGNED, opened, voting
from tests.bargaining.test_ballot_box import app_connection

OTHER = "0" * 64


@pytest.fixture
def ready(ours):
    """Passed, laid out for signing, and signed by one chief."""
    return voting(ours).count().sign(Party.WORKERS)


def ids(here):
    with here.at(SIGNED):
        draft = agreed_draft(here.case_id)
        signing = signing_queries.standing_signing(here.case_id)
        meeting = here.meeting()
        return {
            "tenant": here.federation.id, "case": here.case_id, "draft": draft.id,
            "signing": signing.id, "ballot": here.ballot().id, "unit": here.unit().id,
            "meeting": meeting.id, "other": OTHER, "sha": draft.text_sha256,
        }  # fmt: skip


REFUSED = {
    "the text of an agreed draft": "UPDATE draft SET text = text || ' ' WHERE id = {draft}",
    "its hash": "UPDATE draft SET text_sha256 = '{other}' WHERE id = {draft}",
    "reopening it": "UPDATE draft SET state = 'open', text = NULL, text_sha256 = NULL,"
    " agreed_on = NULL WHERE id = {draft}",
    "a clause in it": "UPDATE clause SET body = 'x' WHERE draft_id = {draft}",
    "a clause out of it": "DELETE FROM clause WHERE draft_id = {draft}",
    "a figure in it": "UPDATE clause_amount SET amount = 1",
    "a figure out of it": "DELETE FROM clause_amount",
    "a hash the text does not have": "INSERT INTO draft (tenant_id, case_id, version, title, state,"
    " text, text_sha256, agreed_on) VALUES ({tenant}, {case}, 9, 'x', 'agreed', 'x', '{other}',"
    " current_date)",
    "a vote on another text": "UPDATE ballot SET text_sha256 = '{other}' WHERE id = {ballot}",
    "another result": "UPDATE ballot SET result = 'lost' WHERE id = {ballot}",
    "another count": "UPDATE voting_unit SET in_favour = 80, against = 1 WHERE id = {unit}",
    "a pass without the votes": "INSERT INTO voting_unit (tenant_id, ballot_id, name, electorate,"
    " quorum_needed, votes_needed, present, in_favour, against, abstained, passed)"
    " VALUES ({tenant}, {ballot}, 'x', 90, 60, 45, 81, 44, 0, 0, true)",
    "a signing of another text": "UPDATE signing SET text_sha256 = '{other}' WHERE id = {signing}",
    "a signature under another text": "INSERT INTO signature (tenant_id, signing_id, text_sha256,"
    " party, turn, name, method, signed_on, signed_at) VALUES ({tenant}, {signing}, '{other}',"
    " 'upper', 2, 'x', 'link', current_date, now())",
    "a signature out of turn": "INSERT INTO signature (tenant_id, signing_id, text_sha256,"
    " party, turn, name, method, signed_on, signed_at) VALUES ({tenant}, {signing}, '{sha}',"
    " 'upper', 5, 'x', 'link', current_date, now())",
    "a signature taken back": "DELETE FROM signature",
    "a signing that lacks a chief": "UPDATE signing SET state = 'signed', signed_on = current_date"
    " WHERE id = {signing}",
    "a case signed by decree": "UPDATE bargaining_case SET state = 'signed' WHERE id = {case}",
    "a case in force by decree": "UPDATE bargaining_case SET state = 'effective' WHERE id = {case}",
    "a position rewritten": "UPDATE position SET body = 'x'",
    "signed minutes rewritten": "UPDATE meeting SET minutes_text = 'x',"
    " minutes_sha256 = encode(sha256('x'), 'hex') WHERE id = {meeting}",
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(ready, what):
    with app_connection(ready) as connection, pytest.raises(psycopg.Error) as refused:
        connection.execute(REFUSED[what].format(**ids(ready)))
    assert refused.value.sqlstate in {"23514", "23503", "42501"}


def test_nothing_is_signed_while_a_later_round_has_not_passed(ready):
    known = ids(ready)
    later = (
        "INSERT INTO ballot (tenant_id, case_id, draft_id, text_sha256, round, manner, method,"
        " held_on, rules) VALUES ({tenant}, {case}, {draft}, '{sha}', 2, 'congress', 'paper',"
        " current_date, '{{}}')"
    )
    with app_connection(ready) as connection:
        connection.execute(later.format(**known))
        lacks = connection.execute(
            "SELECT signing_unmet(s) FROM signing s WHERE id = %s", (known["signing"],)
        ).fetchone()
        connection.rollback()
    assert lacks == (["vote_passed_everywhere", "employer_chief"],)


def test_a_text_of_another_case_can_be_neither_voted_on_nor_signed(ready):
    other = opened(ready.federation, "另一个项目")
    known = {**ids(ready), "case": other.case_id}
    with app_connection(ready) as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(
            "INSERT INTO signing (tenant_id, case_id, draft_id, text_sha256, term_from, term_to,"
            " opened_at) VALUES ({tenant}, {case}, {draft}, '{sha}', current_date,"
            " current_date + 365, now())".format(**known)
        )


def test_with_the_last_name_it_is_signed_and_the_hash_is_one(ready):
    ready.sign(Party.EMPLOYER)
    known = ids(ready)
    with ready.at(SIGNED):
        rows = db.session.execute(
            db.text(
                "SELECT DISTINCT text_sha256 FROM (SELECT text_sha256 FROM ballot UNION ALL "
                "SELECT text_sha256 FROM signing UNION ALL SELECT text_sha256 FROM signature) t"
            )
        ).all()
    assert rows == [(known["sha"],)]
    assert ready.state() == "signed"
