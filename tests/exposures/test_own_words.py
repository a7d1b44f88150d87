"""A federation's own wording, on the ladder: it holds from then on and not back."""

import pytest

from blueprints.exposures.facts import announcement
from blueprints.exposures.letters import step_letter
from blueprints.exposures.step_models import StepKind
from blueprints.letters.actions import approve, propose
from blueprints.notices.letters.texts import letter_text
from blueprints.notices.models import Message, Notice
from tenants.db import db
from tests.exposures.world import DEMANDED, SHOWN, Silent

ADDED = "另请注意。"


@pytest.fixture
def silent(ours):
    return Silent(ours)


def reword(silent, text_id, day):
    """One person proposes another wording, another approves it."""
    people = silent.federation
    with silent.on(day, hour=8):
        source = letter_text(text_id).source
        head, mark, rest = source.partition("<!-- lang: zh -->")
        changed = rest.replace("。\n", f"。{ADDED}\n", 1)
        wording = propose(
            text_id, f"{head}{mark}{changed}", "说清楚", by_id=people.administrator.id
        )
        db.session.flush()
        approve(wording, by_id=people.approver.id)
        db.session.commit()


def words(letter):
    return str(letter)


def test_a_demand_letter_keeps_the_words_it_was_issued_with(silent):
    silent.lapse()
    step_id = silent.step(StepKind.DEMAND, DEMANDED)
    reword(silent, "06-demand-letter", "2025-06-12")
    with silent.on("2025-06-12", hour=9):
        step = silent.steps()[0]
        assert step.id == step_id
        assert ADDED not in words(step_letter(step))


def test_a_demand_letter_is_issued_in_the_federations_own_words(silent, theirs):
    silent.lapse()
    reword(silent, "06-demand-letter", DEMANDED)
    step_id = silent.step(StepKind.DEMAND, DEMANDED)
    with silent.on("2025-06-12"):
        assert ADDED in words(step_letter(silent.step_row(step_id)))


def test_the_public_reads_the_announcement_that_the_leaders_decided_on(silent):
    silent.ready()
    reword(silent, "11a-exposure-announcement", SHOWN)
    silent.publish()
    with silent.on(SHOWN, hour=12):
        assert ADDED not in words(announcement(silent.exposure()))
        query = db.select(Message).join(Notice, (Notice.message_id == Message.id) & (
            Notice.tenant_id == Message.tenant_id)).where(Notice.kind == "exposure")  # fmt: skip
        mail = db.session.scalars(query).one()
        assert ADDED not in mail.body
