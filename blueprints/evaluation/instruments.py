"""The verbs of the questionnaire: a federation adds questions, and another person approves them."""

import re
from collections.abc import Sequence

from sqlalchemy import select

from blueprints.evaluation.models import InstrumentState, SurveyInstrument
from rules.broken import RuleBroken
from rules.survey import STANDARD, Option, Question
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db

MOST_QUESTIONS, MOST_BOXES, FEWEST_BOXES = 3, 9, 2
_BETWEEN = re.compile(r"\s*[|｜]\s*")


def both(line: str) -> Text:
    """A line 中文 | English; one language alone stands for both."""
    first, *rest = _BETWEEN.split(line.strip(), maxsplit=1)
    return Text(first, rest[0] if rest and rest[0] else first)


def question(number: int, kind: str, words: Text, boxes: Sequence[str]) -> Question:
    """A question of the federation's own; its boxes are numbered."""
    options = tuple(Option(f"o{n}", both(line)) for n, line in enumerate(boxes, 1))
    return Question(f"own{number}", kind, words, options)


def propose(version: str, questions: Sequence[Question], *, by_id: int) -> SurveyInstrument:
    """A new version: the standard form with these questions at its end."""
    if version == STANDARD or known(version):
        raise RuleBroken(Text("这个版本号已经用过。", "This version number has been used already."))
    made = SurveyInstrument(
        version=version, base=STANDARD, state=InstrumentState.PROPOSED, proposed_by_id=by_id,
        questions=[one.to_json() for one in questions],
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    trail.record("survey.instrument_proposed", made, version=version, questions=len(questions))
    return made


def known(version: str) -> bool:
    query = select(SurveyInstrument.id).where(SurveyInstrument.version == version)
    return db.session.scalar(query) is not None


def approve(instrument: SurveyInstrument, *, by_id: int) -> None:
    """Never by whoever wrote the questions. From then on no word of them changes."""
    if instrument.state != InstrumentState.PROPOSED:
        raise RuleBroken(Text("这一版已经处理过。", "This version has been decided already."))
    if instrument.proposed_by_id == by_id:
        raise RuleBroken(
            Text("问卷由拟定人以外的人审定。", "Another person approves the questions."),
            Text("本会办法", "The federation's own measure"),
        )
    instrument.state = InstrumentState.APPROVED
    instrument.approved_by_id, instrument.approved_at = by_id, now()
    trail.record("survey.instrument_approved", instrument, version=instrument.version)


def withdraw(instrument: SurveyInstrument) -> None:
    """No new survey asks by it; those that did keep it."""
    if instrument.state == InstrumentState.WITHDRAWN:
        raise RuleBroken(Text("这一版已经停用。", "It has been withdrawn already."))
    instrument.state = InstrumentState.WITHDRAWN
    trail.record("survey.instrument_withdrawn", instrument, version=instrument.version)
