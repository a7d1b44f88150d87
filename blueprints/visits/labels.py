"""Words for visits and for a supervisor's work."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from blueprints.visits.models import Met, NextStep, Outcome, Purpose, VisitState, Way
from blueprints.visits.work_models import Spending, Teaching, Work

Words = Mapping[str, Any]

STATES: Words = {
    VisitState.PLANNED: _l("Planned"),
    VisitState.DONE: _l("Made"),
    VisitState.DROPPED: _l("Dropped"),
}
LOOKS: Words = {VisitState.PLANNED: "run", VisitState.DONE: "ok", VisitState.DROPPED: "stop"}
WAYS: Words = {
    Way.ON_SITE: _l("On site"),
    Way.TELEPHONE: _l("By telephone"),
    Way.VIDEO: _l("By video"),
    Way.CAME_TO_US: _l("They came to us"),
}
PURPOSES: Words = {
    Purpose.SERVE: _l("Serve an offer"),
    Purpose.REPLY: _l("Ask for the reply"),
    Purpose.FIRST_CONTACT: _l("First contact"),
    Purpose.PREPARE: _l("Prepare the bargaining"),
    Purpose.MEETING: _l("Attend a meeting"),
    Purpose.FOLLOW_UP: _l("Check what was agreed"),
    Purpose.DISPUTE: _l("Prevent or settle a dispute"),
    Purpose.OTHER: _l("Something else"),
}
METS: Words = {
    Met.DECIDER: _l("Somebody who decides"),
    Met.STAFF: _l("Personnel, office or the like"),
    Met.NOBODY: _l("Not let in, or nobody there"),
}
MET_LINES: Words = {Met.DECIDER: _l("Legal representative, general manager, person authorised")}
OUTCOMES: Words = {
    Outcome.WILL_BARGAIN: _l("Will bargain"),
    Outcome.TALK_AGAIN: _l("Talk again"),
    Outcome.WILL_NOT: _l("Will not, with a reason"),
    Outcome.NOBODY_THERE: _l("Nobody in charge was there"),
    Outcome.CONTACT_CORRECTED: _l("The contact was corrected"),
    Outcome.SETTLED: _l("A dispute was prevented or settled"),
}
OUTCOME_LOOKS: Words = {
    Outcome.WILL_BARGAIN: "ok",
    Outcome.TALK_AGAIN: "run",
    Outcome.WILL_NOT: "soon",
    Outcome.NOBODY_THERE: "soon",
    Outcome.CONTACT_CORRECTED: "run",
    Outcome.SETTLED: "ok",
}
NEXT_STEPS: Words = {
    NextStep.NONE: _l("Nothing for now"),
    NextStep.VISIT_AGAIN: _l("Go again"),
    NextStep.HELP_REPLY: _l("Go again and help to write the reply"),
    NextStep.PREPARE_TALKS: _l("Go again and prepare the bargaining"),
    NextStep.CHECK_AGAIN: _l("Check again what was agreed"),
    NextStep.TELL_OFFICER: _l("The officer should step in"),
}
TOPIC_WORDS: Words = {
    "wages": _l("Pay rise"),
    "minimum_pay": _l("Minimum pay"),
    "overtime": _l("Overtime pay"),
    "piece_rates": _l("Piece rates"),
    "rest": _l("Rest and leave"),
    "insurance": _l("Social insurance"),
    "safety": _l("Safety and health"),
    "women": _l("Women workers"),
    "how_to_reply": _l("How to reply"),
    "representatives": _l("Choosing representatives"),
}
WORKS: Words = {
    Work.DRAFTING: _l("Drafting and calculating"),
    Work.MEETING: _l("Meetings"),
    Work.ADVICE: _l("Advice"),
    Work.TRAVEL: _l("On the way"),
    Work.RECORDS: _l("Records"),
    Work.OTHER: _l("Work other than bargaining"),
}
SPENDINGS: Words = {
    Spending.TRANSPORT: _l("Transport"),
    Spending.MEALS: _l("Meals"),
    Spending.PRINTING: _l("Printing and post"),
    Spending.OTHER: _l("Other"),
}
EXPENSE_STATES: Words = {
    "claimed": _l("Waiting"),
    "accepted": lazy_pgettext("expense", "Accepted"),
    "refused": _l("Refused"),
}
TEACHINGS: Words = {
    Teaching.INDUCTION: _l("Induction"),
    Teaching.LAW: _l("Labour law"),
    Teaching.WAGES: _l("Wages and figures"),
    Teaching.NEGOTIATION: _l("Bargaining skills"),
    Teaching.SAFETY: _l("Safety and health"),
    Teaching.PEERS: _l("Exchange with peers"),
    Teaching.OTHER: _l("Other"),
}
