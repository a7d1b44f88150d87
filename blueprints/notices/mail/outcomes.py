"""Where a notice stands after one attempt, by what the server said to it."""

from datetime import timedelta

from blueprints.notices.mail.backoff import next_try
from blueprints.notices.mail.line import Answer
from blueprints.notices.models import NoticeState, Outcome
from blueprints.notices.outbox import Claimed, Told
from rules.contacts import reason_for
from tenants.clock import now

QUIET = timedelta(minutes=1)  # after a line that broke, or a server that could not be used


def stands_after(notice: Claimed, answer: Answer, reason: str = "") -> Told:
    """What the answer means for the notice. `reason` says what is wrong with its address."""
    state, due = NoticeState.FAILED, now()
    if answer.outcome is Outcome.ACCEPTED:
        state = NoticeState.SENT
    elif answer.outcome is Outcome.UNKNOWN:
        state = NoticeState.UNCERTAIN
        due = now() + QUIET
    elif answer.outcome is Outcome.DEFERRED:
        later = next_try(notice.id, notice.deferrals, now())
        if later is not None:
            state, due = NoticeState(notice.before), later
    if state is NoticeState.FAILED and answer.outcome is not Outcome.FAULTY:
        reason = reason or reason_for(answer.code, answer.text)
    words = f"{answer.code} {answer.text}".strip() if answer.code else answer.text
    return Told(notice, answer.outcome, state, words, due, reason)
