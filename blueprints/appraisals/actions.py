"""An appraisal from its beginning to the file: each verb asks the procedure, then writes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from blueprints.appraisals import scoring
from blueprints.appraisals.labels import GRADE_TEXTS
from blueprints.appraisals.models import INDICATORS, Appraisal, AppraisalScheme, Complaint
from blueprints.appraisals.queries import scheme_of
from blueprints.supervisors.models import Supervisor
from rules.broken import RuleBroken
from rules.procedure import advance
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db

MACHINE = "appraisal"
SERVING = ("engaged", "appraised", "renewed")


def set_weights(
    year: int, weights: dict[str, int], *, by_id: int, **settings: int
) -> AppraisalScheme:
    """Set or change the weights of a year, as long as nobody was marked by them."""
    if reason := scoring.fault_in_weights(weights):
        raise RuleBroken(reason)
    scheme = scheme_of(year, lock=True)
    if scheme is None:
        scheme = AppraisalScheme(year=year, set_by_id=by_id, **weights, **settings)
        db.session.add(scheme)
    else:
        marked = select(Appraisal.id).where(Appraisal.year == year, Appraisal.score.is_not(None))
        if db.session.scalar(marked.limit(1)):
            raise RuleBroken(
                Text(
                    "本年度已有人按这套权重评分，不能再改。",
                    "Somebody has been marked by these weights; they can no longer change.",
                )
            )
        for name, value in {**weights, **settings, "set_by_id": by_id}.items():
            setattr(scheme, name, value)
    said = {name: weights[name] for name in INDICATORS if weights.get(name)}
    trail.record("appraisal.weights_set", scheme, year=year, **said)
    return scheme


def begin(year: int, supervisors: Sequence[Supervisor]) -> int:
    """Open the appraisal of everybody who has none yet for the year."""
    if scheme_of(year) is None:
        raise RuleBroken(Text("请先设定本年度考核权重。", "Set the weights of the year first."))
    known = set(db.session.scalars(select(Appraisal.supervisor_id).where(Appraisal.year == year)))
    fresh = [
        Appraisal(supervisor_id=one.id, year=year) for one in supervisors if one.id not in known
    ]
    db.session.add_all(fresh)
    db.session.flush()
    if fresh:
        trail.record_many("appraisal.begun", [(one, {"year": year}) for one in fresh])
    return len(fresh)


def state_view(appraisal: Appraisal, words: str, *, by_id: int) -> None:
    """The supervisor's own view, before anybody marks."""
    _move(appraisal, "state_view", by_id, statement_given=bool(words))
    appraisal.statement, appraisal.stated_at = words, now()
    trail.record("appraisal.stated", appraisal)


def mark(appraisal: Appraisal, *, note: str, pay_check: str | None, by_id: int) -> None:
    """Freeze the figures of the record, with the score they give and the officer's words."""
    supervisor, scheme = _whose(appraisal), scheme_of(appraisal.year)
    over = today().year > appraisal.year or today().month == 12
    left = supervisor.left_on is not None and supervisor.left_on <= today()
    facts = {"scheme_set": scheme is not None, "year_over": over or left}
    state = _next(appraisal, "mark", by_id, **facts)
    if scheme is None:  # the procedure has refused it already
        return
    figures = scoring.freeze(supervisor, scheme)  # reads, so nothing may be half written yet
    appraisal.state, appraisal.figures = state, figures
    appraisal.score = scoring.score_of(scoring.lines(appraisal, supervisor, scheme))
    appraisal.mark_note, appraisal.pay_check = note, pay_check
    appraisal.marked_by_id, appraisal.marked_at = by_id, now()
    trail.record("appraisal.marked", appraisal, score=appraisal.score)


def send_back(appraisal: Appraisal, *, note: str, by_id: int) -> None:
    """The leader wants it marked again, and says why."""
    _move(appraisal, "send_back", by_id)
    appraisal.decision_note = note
    trail.record("appraisal.sent_back", appraisal, reason=note)


def decide(appraisal: Appraisal, *, grade: str, award: bool, note: str | None, by_id: int) -> None:
    """The leader's decision; never by the person who marked."""
    _move(appraisal, "decide", by_id)
    appraisal.grade, appraisal.award, appraisal.decision_note = grade, award, note
    appraisal.decided_by_id, appraisal.decided_on = by_id, today()
    words = GRADE_TEXTS[grade].to_json()
    trail.record("appraisal.decided", appraisal, grade=words, award=award, reason=note)


def object_to(appraisal: Appraisal, words: str, *, by_id: int) -> None:
    _move(appraisal, "object", by_id, objection_stated=bool(words))
    appraisal.objection, appraisal.objected_on = words, today()
    trail.record("appraisal.objected", appraisal)


def settle(appraisal: Appraisal, *, answer: str, grade: str, award: bool, by_id: int) -> None:
    """Answer an objection: the grade stays, or is another from now on."""
    _move(appraisal, "settle", by_id, answer_given=bool(answer))
    former = GRADE_TEXTS[appraisal.grade].to_json() if appraisal.grade else None
    appraisal.settlement, appraisal.settled_by_id = answer, by_id
    appraisal.grade, appraisal.award = grade, award
    _on_file(appraisal)
    trail.record(
        "appraisal.settled", appraisal, changed={"grade": [former, GRADE_TEXTS[grade].to_json()]}
    )


def close(appraisal: Appraisal, *, by_id: int) -> None:
    """File the result: once the time for an objection is over, or the supervisor accepts it."""
    own = _whose(appraisal).user_id == by_id
    _move(appraisal, "accept", by_id, window_ended=own or not window_open(appraisal))
    _on_file(appraisal)
    trail.record("appraisal.closed", appraisal)


def window_open(appraisal: Appraisal) -> bool:
    """Whether an objection can still be made."""
    scheme = scheme_of(appraisal.year)
    if scheme is None or appraisal.decided_on is None:
        return False
    return today() <= appraisal.decided_on + timedelta(days=scheme.objection_days)


def facts_of(appraisal: Appraisal, by_id: int) -> dict[str, bool]:
    """What is known of an appraisal and of who acts, by the names of the conditions."""
    own = _whose(appraisal).user_id == by_id
    return {
        "own_appraisal": own,
        "not_own": not own,
        "not_marker": appraisal.marked_by_id != by_id,
        "window_open": window_open(appraisal),
    }


def complain(supervisor: Supervisor, *, by_id: int, **facts: Any) -> Complaint:
    """Record what somebody complained of; nothing is found yet."""
    complaint = Complaint(supervisor_id=supervisor.id, recorded_by_id=by_id, **facts)
    db.session.add(complaint)
    trail.record("complaint.recorded", supervisor, day=facts["received_on"].isoformat())
    return complaint


def find(complaint: Complaint, *, finding: str, note: str, by_id: int) -> None:
    """What the examination of a complaint found; once."""
    if complaint.finding is not None:
        raise RuleBroken(Text("这件投诉已有结论。", "This complaint has been examined already."))
    complaint.finding, complaint.finding_note, complaint.found_by_id = finding, note, by_id
    trail.record(
        "complaint.examined", ("supervisor", complaint.supervisor_id), finding=finding, reason=note
    )


def _move(appraisal: Appraisal, event: str, by_id: int, **facts: bool) -> None:
    appraisal.state = _next(appraisal, event, by_id, **facts)


def _next(appraisal: Appraisal, event: str, by_id: int, **facts: bool) -> str:
    """The state that follows, or the reason why none does."""
    return advance(MACHINE, appraisal.state, event, {**facts_of(appraisal, by_id), **facts})


def _on_file(appraisal: Appraisal) -> None:
    """The engagement knows that this year's appraisal is done."""
    supervisor = _whose(appraisal)
    if supervisor.state in SERVING:
        facts = {"appraisal_on_file": True}
        supervisor.state = advance("engagement", supervisor.state, "appraise", facts)


def _whose(appraisal: Appraisal) -> Supervisor:
    return db.session.get_one(Supervisor, (appraisal.tenant_id, appraisal.supervisor_id))
