"""Raw SQL as the app's own role: late answers, changed answers, changed surveys are refused."""

import psycopg
import pytest

from blueprints.evaluation import queries
from tests.evaluation import world
from tests.evaluation.world import FORM

ANSWERS = (
    "UPDATE survey_answer SET ticked = '{{}}' WHERE tenant_id = {tenant}",
    "DELETE FROM survey_answer WHERE tenant_id = {tenant}",
    "TRUNCATE survey_answer",
)
OF_AN_OPEN_ONE = (
    "UPDATE survey SET questions = '[]' WHERE id = {survey}",
    "UPDATE survey SET closes_on = date '2030-01-01' WHERE id = {survey}",
    "UPDATE survey SET smallest_cell = 5 WHERE id = {survey}",
    "UPDATE survey SET state = 'planned' WHERE id = {survey}",
    "DELETE FROM survey WHERE id = {survey}",
    "UPDATE survey_content SET in_contract = true WHERE survey_id = {survey}",
    "DELETE FROM survey_content WHERE survey_id = {survey}",
    "UPDATE invitation SET token = repeat('x', 30) WHERE id = {link}",
    "DELETE FROM invitation WHERE id = {link}",
)
OF_A_CLOSED_ONE = (
    "UPDATE survey SET figures = '{{}}' WHERE id = {survey}",
    "UPDATE survey SET state = 'open', closed_at = NULL, figures = NULL WHERE id = {survey}",
    "UPDATE survey SET name = 'x' WHERE id = {survey}",
    "UPDATE invitation SET handed_out = 3 WHERE id = {link}",
    FORM.replace("{id}", "77"),
)
OF_A_PLAN = (
    "UPDATE survey SET state = 'closed', closed_at = now(), figures = '{{}}' WHERE id = {survey}",
    "UPDATE survey SET opened_by_id = planned_by_id WHERE id = {survey}",
    "UPDATE survey SET smallest_cell = 4 WHERE id = {survey}",
    FORM.replace("{id}", "78"),
)


@pytest.fixture
def town(ours):
    return world.town(ours)


@pytest.fixture
def refused(town):
    """Whether the database refuses a statement about a survey of ours."""

    def ask(statement: str, survey_id: int) -> bool:
        with town.on(world.OPENED):
            link = world.links(survey_id)[0].id
        known = {"tenant": town.federation.id, "survey": survey_id, "link": link}
        url = town.federation.app.extensions["settings"].database_url
        plain = url.replace("postgresql+psycopg://", "postgresql://")
        with psycopg.connect(plain) as connection:
            connection.execute(f"SELECT set_config('app.tenant_id', '{town.federation.id}', false)")
            try:
                connection.execute(statement.format(**known))
            except psycopg.Error:
                connection.rollback()
                return True
            connection.rollback()
            return False

    return ask


@pytest.mark.parametrize("statement", ANSWERS)
def test_an_answer_is_never_changed_or_taken_back(town, refused, statement):
    survey_id = world.opened(town)
    world.answered(town, survey_id, (2, 1))
    assert refused(statement, survey_id)


def test_an_open_survey_takes_an_answer_and_its_count_of_forms(town, refused):
    survey_id = world.opened(town)
    assert not refused(FORM.replace("{id}", "76"), survey_id)
    assert not refused("UPDATE invitation SET handed_out = 3 WHERE id = {link}", survey_id)


@pytest.mark.parametrize("statement", OF_AN_OPEN_ONE)
def test_what_an_open_survey_asks_stands(town, refused, statement):
    assert refused(statement, world.opened(town))


@pytest.mark.parametrize("statement", OF_A_CLOSED_ONE)
def test_a_closed_survey_stands(town, refused, statement):
    assert refused(statement, world.closed(town, (8, 4)))


@pytest.mark.parametrize("statement", OF_A_PLAN)
def test_a_plan_is_opened_by_another_and_never_skipped(town, refused, statement):
    assert refused(statement, world.planned(town))


def test_the_hour_of_an_answer_cannot_be_written(town):
    """Whoever writes it, the database keeps the month alone."""
    survey_id = world.opened(town)
    with town.on(world.OPENED):
        link = world.links(survey_id)[0].id
        assert queries.get_survey(survey_id).state == "open"
    url = town.federation.app.extensions["settings"].database_url
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://")) as connection:
        connection.execute(f"SELECT set_config('app.tenant_id', '{town.federation.id}', false)")
        row = connection.execute(
            "INSERT INTO survey_answer (tenant_id, id, invitation_id, ticked, created_at) "
            "VALUES (%s, 79, %s, '{}', now()) "
            "RETURNING created_at = date_trunc('month', now())",
            (town.federation.id, link),
        ).fetchone()
        connection.rollback()
    assert row == (True,)
