"""What a case has from its first meeting to its signature: all the doors, put together."""

from blueprints.bargaining.ballots import acts as ballot_acts
from blueprints.bargaining.ballots import views as ballot_views
from blueprints.bargaining.disputes import views as dispute_views
from blueprints.bargaining.dossier import views as binder_views
from blueprints.bargaining.drafts import acts as draft_acts
from blueprints.bargaining.drafts import views as draft_views
from blueprints.bargaining.meetings import acts as meeting_acts
from blueprints.bargaining.meetings import views as meeting_views
from blueprints.bargaining.meetings.acts import find_case, to_case
from blueprints.bargaining.outward import cards as table_cards
from blueprints.bargaining.outward import facts as table_facts
from blueprints.bargaining.outward import sections as table_sections
from blueprints.bargaining.outward import traces as table_traces
from blueprints.bargaining.signing import acts as signing_acts
from blueprints.bargaining.signing import desk_views
from blueprints.bargaining.signing import views as signing_views
from blueprints.bargaining.table.acts import Desk, bp, made_of, open_desk

CASE = Desk(
    "case",
    "cases/<int:case_id>/table",
    "case_id",
    find_case,
    to_case,
    made_of(
        *meeting_acts.CASE_ACTS,
        *draft_acts.CASE_ACTS,
        *ballot_acts.CASE_ACTS,
        *signing_acts.CASE_ACTS,
        *dispute_views.CASE_ACTS,
    ),
)
DESKS = (
    CASE,
    *meeting_views.DESKS,
    *draft_views.DESKS,
    *ballot_views.DESKS,
    *signing_views.DESKS,
    *dispute_views.DESKS,
)
for _desk in DESKS:
    open_desk(_desk)

ROOMS = (bp, ballot_views.public, desk_views.bp)
PARTS = (binder_views, table_cards, table_facts, table_sections, table_traces)
