"""Entry codes: one form each, gone when used, and no way back from a form to a code."""

import re

import psycopg
import pytest
from flask import g
from sqlalchemy import func, select

from blueprints.evaluation import codes, deeds, queries, sheets
from blueprints.evaluation.models import Invitation, SurveyAnswer, SurveyCode
from rules.broken import RuleBroken
from tenants.clock import at as clock_at
from tenants.db import db
from tenants.federation import this_federation
from tests.contracts.world import at
from tests.evaluation import world

ANSWER = {"knows": "yes", "took_part": "vote", "satisfied": "satisfied", "lot": "12345"}


@pytest.fixture
def town(ours):
    return world.town(ours)


@pytest.fixture
def survey_id(town):
    return world.opened(town)


def made(town, survey_id: int, how_many: int, *, afresh=False, only=False) -> list[str]:
    """Codes of the first unit."""
    with town.on(world.OPENED):
        survey = queries.get_survey(survey_id)
        row = world.links(survey_id)[0]
        link = db.session.get_one(Invitation, (survey.tenant_id, row.id))
        found = codes.make(survey, link, how_many, afresh=afresh, only=only)
        db.session.commit()
        return found


def first_row(town, survey_id: int):
    with town.on(world.OPENED):
        return world.links(survey_id)[0]


def test_a_code_lets_one_form_in_and_is_gone_with_it(town, survey_id, visitor):
    code, spare = made(town, survey_id, 2)
    address = town.federation.url(f"/s/code/{code}")
    with clock_at(at(world.OPENED)):
        assert visitor.get(address).status_code == 200
        assert visitor.post(address, data=ANSWER).status_code == 303
        again = visitor.post(address, data={**ANSWER, "lot": "777"})
        assert again.status_code == 404
        assert "一个填写码只能用一次" in again.text
    with town.on(world.OPENED):
        kept = db.session.scalars(select(SurveyCode.code_hash)).all()
        assert kept == [codes.fingerprint(spare)]
        assert db.session.scalar(select(func.count()).select_from(SurveyAnswer)) == 1


def test_the_same_form_sent_twice_has_arrived_once(town, survey_id, visitor):
    (code,) = made(town, survey_id, 1)
    with clock_at(at(world.OPENED)):
        for _ in range(2):
            sent = visitor.post(town.federation.url(f"/s/code/{code}"), data=ANSWER)
            assert sent.status_code == 303
            assert visitor.get(sent.location).status_code == 200
    with town.on(world.OPENED):
        assert db.session.scalar(select(func.count()).select_from(SurveyAnswer)) == 1


def test_a_form_with_a_fault_keeps_its_code(town, survey_id, visitor):
    (code,) = made(town, survey_id, 1)
    with clock_at(at(world.OPENED)):
        sent = visitor.post(town.federation.url(f"/s/code/{code}"), data={"job": "office"})
        assert sent.status_code == 422
        assert re.search(r'name="job" value="office"[^>]* checked', sent.text)
        assert visitor.get(town.federation.url(f"/s/code/{code}")).status_code == 200


def test_a_code_can_be_typed_as_it_is_printed_or_anyhow(town, survey_id, visitor):
    (code,) = made(town, survey_id, 1)
    desk = town.federation.url("/s")
    with clock_at(at(world.OPENED)):
        for words in (codes.shown(code), code.lower(), f" {code[:8]} {code[8:]} "):
            sent = visitor.post(desk, data={"code": words})
            assert sent.location.endswith(code)
        wrong = visitor.post(desk, data={"code": "ABCD-2345-EFGH-6789"})
        assert wrong.status_code == 422
        assert "ABCD-2345-EFGH-6789" in wrong.text


def test_a_code_of_another_federation_leads_nowhere(town, theirs, survey_id, visitor):
    (code,) = made(town, survey_id, 1)
    with clock_at(at(world.OPENED)):
        assert visitor.get(theirs.url(f"/s/code/{code}")).status_code == 404


def test_a_unit_that_answers_by_code_alone_shuts_its_open_link(town, survey_id, visitor):
    (code,) = made(town, survey_id, 1, only=True)
    link = town.federation.url(f"/s/{first_row(town, survey_id).token}")
    with clock_at(at(world.OPENED)):
        assert 'name="code"' in visitor.get(link).text
        assert visitor.post(link, data=ANSWER).status_code == 409
        sent = visitor.post(town.federation.url(f"/s/code/{code}"), data=ANSWER)
        assert sent.status_code == 303
    assert first_row(town, survey_id).returned == 1


def test_codes_count_as_handed_out_and_those_withdrawn_do_not(town, survey_id):
    early = made(town, survey_id, 5)
    made(town, survey_id, 3, afresh=True)
    assert first_row(town, survey_id).handed_out == 3
    with town.on(world.OPENED):
        assert all(codes.behind(one) is None for one in early)


def test_no_column_order_or_hour_leads_from_a_form_to_a_code(town, survey_id):
    printed = made(town, survey_id, 12)
    with town.on(world.OPENED):
        for number, code in enumerate(printed[:6], 1000):
            codes.answer(code, {"knows": ["yes"]}, number)
        db.session.commit()
        rows = db.session.scalars(select(SurveyCode).order_by(SurveyCode.id)).all()
        hashes = [row.code_hash for row in rows]
        assert hashes == sorted(hashes)
        assert printed != sorted(printed, key=codes.fingerprint), "drawn in another order"
        assert set(SurveyCode.__table__.columns.keys()) == {
            "tenant_id", "id", "invitation_id", "code_hash", "created_at"
        }  # fmt: skip
        assert {row.created_at for row in rows} == {
            one.created_at for one in db.session.scalars(select(SurveyAnswer))
        }
        assert not set(printed) & set(hashes)
    url = town.federation.app.extensions["settings"].database_url
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://")) as connection:
        connection.execute(f"SELECT set_config('app.tenant_id', '{town.federation.id}', false)")
        assert connection.execute("SELECT count(*) FROM survey_slot").fetchone() == (0,)
        writers = "SELECT xmin::text FROM {}"
        codes_by = {row[0] for row in connection.execute(writers.format("survey_code"))}
        forms_by = {row[0] for row in connection.execute(writers.format("survey_answer"))}
        assert not codes_by & forms_by, "no row of a code was written with a form"


def test_nothing_is_left_of_codes_when_a_survey_closes(town, survey_id):
    (used, _left) = made(town, survey_id, 2)
    with town.on(world.OPENED):
        codes.answer(used, {"knows": ["yes"]}, 4711)
        db.session.commit()
    with town.on(world.AFTER):
        assert deeds.end(queries.get_survey(survey_id, lock=True))
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(SurveyCode)) == 0
        survey = queries.get_survey(survey_id)
        link = db.session.get_one(Invitation, (survey.tenant_id, world.links(survey_id)[0].id))
        with pytest.raises(RuleBroken, match="not open"):
            codes.make(survey, link, 1, afresh=False, only=False)


CODE = "INSERT INTO survey_code (tenant_id, invitation_id, code_hash) VALUES "
SLOT = "INSERT INTO survey_slot (tenant_id, code_hash, number, ticked) VALUES "
REFUSED = (
    "UPDATE survey_code SET code_hash = repeat('a', 64)",
    CODE + "({tenant}, {plan}, repeat('b', 64))",
    CODE + "({tenant}, {link}, 'x')",
    SLOT + "({tenant}, repeat('c', 64), 5, '{{}}')",
    world.FORM.replace("{id}", "6"),
    "UPDATE invitation SET token = repeat('x', 30), by_code_only = false WHERE id = {link}",
)


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses_a_way_round_the_code(town, survey_id, statement):
    """As the app's own role; the unit answers by code alone."""
    made(town, survey_id, 2, only=True)
    plan = first_row(town, world.planned(town)).id
    known = {"tenant": town.federation.id, "link": first_row(town, survey_id).id, "plan": plan}
    url = town.federation.app.extensions["settings"].database_url
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://")) as connection:
        connection.execute(f"SELECT set_config('app.tenant_id', '{town.federation.id}', false)")
        with pytest.raises(psycopg.Error):
            connection.execute(statement.format(**known))


def test_an_officer_gets_the_sheet_once_and_the_posters_as_often_as_they_like(town, survey_id, as_):
    browser, row = as_(town.federation.officer), first_row(town, survey_id)
    place = town.federation.url(f"/surveys/{survey_id}/links/{row.id}")
    with clock_at(at(world.OPENED)):
        assert browser.post(f"{place}/codes", data={"how_many": "0"}).status_code == 422
        papers = [browser.post(f"{place}/codes", data={"how_many": "14", "only": "y"})]
        papers += [browser.get(f"{place}/poster-{lang}.pdf") for lang in ("zh", "en")]
        papers += [browser.get(f"{place}/form-{lang}.pdf") for lang in ("zh", "en")]
        papers.append(browser.get(town.federation.url(f"/surveys/{survey_id}/posters-zh.pdf")))
        assert all(one.data.startswith(b"%PDF") for one in papers)
        page = browser.get(town.federation.url(f"/surveys/{survey_id}"))
    assert "14 codes not used" in page.text
    assert "by code only" in page.text


def test_a_slip_says_where_its_code_leads_and_until_when(town, survey_id):
    printed = made(town, survey_id, 2)
    with town.on(world.OPENED):
        survey, row = queries.get_survey(survey_id), world.links(survey_id)[0]
        link = db.session.get_one(Invitation, (survey.tenant_id, row.id))
        with town.federation.app.test_request_context():
            g.tenant = this_federation()
            sheet = sheets.code_sheet(survey, link, row.name, printed)
    assert [code for _, code in sheet.codes] == [codes.shown(one) for one in printed]
    leads = [address.rsplit("/s/code/", 1)[-1] for address, _ in sheet.codes]
    assert leads == printed
    assert sheet.address.endswith("/s")
    assert "2025年6月20日截止" in sheet.notes[0]


def test_no_poster_is_printed_for_a_survey_that_is_not_open(town, as_):
    planned = world.planned(town)
    address = town.federation.url(f"/surveys/{planned}/posters-zh.pdf")
    with clock_at(at(world.PLANNED)):
        assert as_(town.federation.officer).get(address).status_code == 409
