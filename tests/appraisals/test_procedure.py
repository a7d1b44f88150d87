"""Own view, mark, decision by another person, objection, file: nobody decides on themselves."""

import psycopg
import pytest
from sqlalchemy import select

from blueprints.appraisals import actions
from blueprints.appraisals.models import Appraisal
from blueprints.appraisals.queries import get_appraisal
from blueprints.visits.models import Visit
from rules.broken import RuleBroken
from tenants.clock import at as clock_at
from tenants.db import db
from tests.appraisals.world import END, opened
from tests.offers.world import instant
from tests.supervisors.test_pages import get

DECISION = {"grade": "excellent", "award": "y", "reason": "走访扎实"}


@pytest.fixture
def year(ours):
    world = opened(ours)
    with clock_at(instant(END, 9)):
        yield world


def one(year):
    return get_appraisal(year.appraisal, lock=True)


def through(ours, year, *, to):
    """Take the appraisal along its way as far as a state."""
    steps = (
        ("marked", lambda a: actions.mark(a, note="n", pay_check=None, by_id=ours.officer.id)),
        ("decided", lambda a: actions.decide(
            a, grade="good", award=False, note="可以", by_id=ours.approver.id)),
        ("objected", lambda a: actions.object_to(a, "漏记两次走访", by_id=ours.supervisor.id)),
    )  # fmt: skip
    for state, act in steps:
        act(one(year))
        if state == to:
            break
    db.session.commit()


def test_from_the_own_view_to_the_list_of_awards(ours, as_, year):
    mine, officer, leader = (as_(p) for p in (ours.supervisor, ours.officer, ours.approver))
    own, theirs = f"/my-appraisals/{year.appraisal}", f"/appraisals/{year.appraisal}"
    assert "2026" in mine.get(ours.url("/my-appraisals")).text
    mine.post(ours.url(f"{own}/statement"), data={"words": "全年走访到位"})
    officer.post(ours.url(f"{theirs}/mark"), data={"note": "认真负责", "pay_check": "已落实"})
    with ours.scope(at=instant(END)):
        assert (one(year).state, one(year).score) == ("marked", 70)
    assert leader.post(ours.url(f"{theirs}/decision"), data=DECISION).status_code == 303
    assert mine.post(ours.url(f"{own}/acceptance")).status_code == 303
    with ours.scope(at=instant(END)):
        assert one(year).state == "closed"
        assert get(ours, year.mine).state == "appraised"
    awards = officer.get(ours.url("/appraisals?year=2026&award=yes")).text
    assert ours.supervisor.name in awards
    sheet = officer.get(ours.url("/appraisals/export.csv?year=2026&award=yes")).text
    assert ours.supervisor.name in sheet
    for address in (f"{theirs}/sheet.pdf", f"{theirs}/sheet.docx"):
        assert officer.get(ours.url(address)).status_code == 200
    assert mine.get(ours.url(f"{own}/sheet.pdf")).status_code == 200


def test_the_figures_stand_as_they_were_marked(ours, as_, year):
    with ours.scope(at=instant(END)):
        through(ours, year, to="marked")
        visit = db.session.scalars(select(Visit).where(Visit.state == "done")).first()
        visit.minutes = 99
        db.session.commit()
        kept = dict(one(year).figures["lines"]["visits"])
    assert kept == {"weight": 20, "done": 3, "of": 4}
    page = as_(ours.officer).get(ours.url(f"/appraisals/{year.appraisal}")).text
    assert "as frozen on 2026-12-15" in page


def test_whoever_marked_cannot_decide(ours, year):
    with ours.scope(at=instant(END)):
        actions.mark(one(year), note="n", pay_check=None, by_id=ours.approver.id)
        with pytest.raises(RuleBroken, match="another person must decide"):
            actions.decide(one(year), grade="good", award=False, note="x", by_id=ours.approver.id)


def test_nobody_marks_or_decides_their_own(ours, year):
    with ours.scope(at=instant(END)):
        with pytest.raises(RuleBroken, match="Nobody appraises themselves"):
            actions.mark(one(year), note="n", pay_check=None, by_id=ours.supervisor.id)
        through(ours, year, to="marked")
        with pytest.raises(RuleBroken, match="Nobody appraises themselves"):
            actions.decide(one(year), grade="good", award=False, note="x", by_id=ours.supervisor.id)


def test_a_year_is_marked_at_its_end_or_when_the_supervisor_has_left(ours, year):
    with ours.scope(at=instant("2026-07-01")):
        with pytest.raises(RuleBroken, match="year is not over"):
            actions.mark(one(year), note="n", pay_check=None, by_id=ours.officer.id)
        get(ours, year.mine).left_on = instant("2026-06-30").date()
        actions.mark(one(year), note="n", pay_check=None, by_id=ours.officer.id)
        assert one(year).state == "marked"


def test_sent_back_it_is_marked_again(ours, as_, year):
    with ours.scope(at=instant(END)):
        through(ours, year, to="marked")
    address = ours.url(f"/appraisals/{year.appraisal}/return")
    assert as_(ours.approver).post(address, data={"words": "请核对"}).status_code == 303
    with ours.scope(at=instant(END)):
        assert one(year).state == "stated"
        through(ours, year, to="decided")


def test_an_objection_is_answered_by_somebody_who_did_not_mark(ours, as_, year):
    with ours.scope(at=instant(END)):
        through(ours, year, to="decided")
    own = ours.url(f"/my-appraisals/{year.appraisal}/objection")
    assert as_(ours.supervisor).post(own, data={"words": ""}).status_code == 422
    assert as_(ours.supervisor).post(own, data={"words": "漏记两次走访"}).status_code == 303
    address = ours.url(f"/appraisals/{year.appraisal}/decision")
    assert as_(ours.approver).post(address, data=DECISION).status_code == 303
    with ours.scope(at=instant(END)):
        found = one(year)
        assert (found.state, found.grade, found.settlement) == ("closed", "excellent", "走访扎实")


def test_after_the_window_an_objection_comes_too_late_and_the_officer_files_it(ours, year):
    with ours.scope(at=instant(END)):
        through(ours, year, to="decided")
        with pytest.raises(RuleBroken, match="not over"):
            actions.close(one(year), by_id=ours.officer.id)
    with ours.scope(at=instant("2026-12-26")):
        with pytest.raises(RuleBroken, match="time for an objection is over"):
            actions.object_to(one(year), "x", by_id=ours.supervisor.id)
        actions.close(one(year), by_id=ours.officer.id)
        assert one(year).state == "closed"


def test_only_who_did_well_is_honoured(ours, as_, year):
    with ours.scope(at=instant(END)):
        through(ours, year, to="marked")
    address = ours.url(f"/appraisals/{year.appraisal}/decision")
    answer = as_(ours.approver).post(address, data={**DECISION, "grade": "poor"})
    assert answer.status_code == 422
    assert "list of awards" in answer.text


def test_a_supervisor_sees_their_own_appraisal_and_no_other(ours, as_, year):
    with ours.scope(at=instant(END)):
        actions.begin(2026, [get(ours, year.other)])
        db.session.commit()
        query = select(Appraisal.id).where(Appraisal.supervisor_id == year.other)
        other = db.session.scalars(query).one()
    browser = as_(ours.supervisor)
    for path in ("", "/items/visits", "/sheet.pdf"):
        assert browser.get(ours.url(f"/my-appraisals/{other}{path}")).status_code == 404
        assert browser.get(ours.url(f"/appraisals/{year.appraisal}{path}")).status_code == 404
    for path in ("statement", "objection", "acceptance"):
        answer = browser.post(ours.url(f"/my-appraisals/{other}/{path}"), data={"words": "x"})
        assert answer.status_code == 404


LAW = [
    "UPDATE appraisal_scheme SET visits = visits + 1",
    (
        "UPDATE appraisal_scheme SET visits = 0, first_visits = 0, offers = 0, reply_rate = 0,"
        " training = 0, records = 0, conduct = 0, contracts = 100"
    ),
    "UPDATE appraisal_scheme SET visits = visits - 21, contracts = 21",
    "UPDATE appraisal_scheme SET visits = -1, first_visits = 31",
    "UPDATE appraisal SET state = 'marked' WHERE state = 'open'",
    "UPDATE appraisal SET marked_by_id = {own}",
    "UPDATE appraisal SET decided_by_id = {officer}, marked_by_id = {officer}",
]
DECIDED = [
    "UPDATE appraisal SET figures = '{{\"x\": 1}}'",
    "UPDATE appraisal SET marked_by_id = {approver}",
    "UPDATE appraisal SET decided_by_id = {own}",
    "UPDATE appraisal SET state = 'objected'",
    "UPDATE appraisal SET settled_by_id = marked_by_id",
    "UPDATE appraisal SET score = 101",
    "UPDATE appraisal SET statement = 'another'",
]


@pytest.mark.parametrize(
    ("state", "statement"), [("open", s) for s in LAW] + [("decided", s) for s in DECIDED]
)
def test_the_database_refuses_what_the_procedure_forbids(ours, year, state, statement):
    if state == "decided":
        with ours.scope(at=instant(END)):
            through(ours, year, to="decided")
    people = {
        "own": ours.supervisor.id, "officer": ours.officer.id, "approver": ours.approver.id,
    }  # fmt: skip
    url = ours.app.extensions["settings"].database_url
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://")) as connection:
        connection.execute(f"SELECT set_config('app.tenant_id', '{ours.id}', false)")
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute(statement.format(**people))


@pytest.mark.parametrize("table", ["appraisal", "appraisal_scheme", "complaint"])
def test_nothing_on_file_can_be_deleted(ours, year, table):
    url = ours.app.extensions["settings"].database_url
    with (
        psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(f"DELETE FROM {table}")
