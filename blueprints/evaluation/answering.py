"""Taking answers in: from phones through an open link, from paper by a clerk. Nobody is known.

Nothing is written in the trail when somebody answers, no hour is kept and no address: when an
answer came would be half of whose it is.
"""

import secrets
from collections.abc import Sequence

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError

from blueprints.evaluation import queries
from blueprints.evaluation.models import Invitation, Survey, SurveyAnswer, SurveyState
from blueprints.evaluation.reading import Asked, Ticked, asked_of
from rules.broken import RuleBroken
from rules.survey import instrument
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.scope import current_tenant_id

LARGEST = 2**62
NOT_OPEN = Text("调查没有在进行。", "The survey is not open.")


def new_number() -> int:
    """The lot a form draws when it is shown; sent twice it is one answer."""
    return 1 + secrets.randbelow(LARGEST)


def takes_answers(survey: Survey) -> bool:
    return survey.state == SurveyState.OPEN and survey.opens_on <= today() <= survey.closes_on


def takes_paper(survey: Survey) -> bool:
    """Forms filled in in time may be typed in until the survey is closed."""
    return survey.state == SurveyState.OPEN and survey.opens_on <= today()


def questions_for(survey: Survey, invitation: Invitation) -> list[Asked]:
    contents = queries.contents_for(invitation)
    return asked_of(survey.questions, contents, instrument(survey.standard).needed)


def answer(invitation: Invitation, ticked: Ticked, number: int) -> None:
    """Put a form in. The same form sent twice is one; raises RuleBroken where it comes too late."""
    row = insert(SurveyAnswer).values(
        tenant_id=current_tenant_id(), id=number, invitation_id=invitation.id, ticked=ticked
    )
    try:
        db.session.execute(row.on_conflict_do_nothing())
    except DBAPIError as refused:
        # Closed between the page and the answer: the database has the last word.
        db.session.rollback()
        raise RuleBroken(NOT_OPEN) from refused


def enter_paper(survey: Survey, invitation: Invitation, forms: Sequence[Ticked]) -> None:
    """What a clerk typed off the paper forms of one unit; they mix with the others."""
    if not takes_paper(survey):
        raise RuleBroken(NOT_OPEN)
    for ticked in forms:
        db.session.add(
            SurveyAnswer(id=new_number(), invitation_id=invitation.id, ticked=ticked, on_paper=True)
        )
    trail.record("survey.paper_entered", survey, unit=invitation.enterprise_id, forms=len(forms))
