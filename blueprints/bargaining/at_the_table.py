"""What a case has from its first meeting to its signature: all the doors, put together."""

from blueprints.bargaining import (
    ballot_acts,
    ballot_views,
    binder_views,
    desk_views,
    dispute_views,
    draft_acts,
    draft_views,
    meeting_acts,
    meeting_views,
    signing_acts,
    signing_views,
    table_cards,
    table_facts,
    table_sections,
    table_traces,
)
from blueprints.bargaining.meeting_acts import find_case, to_case
from blueprints.bargaining.table_acts import Desk, bp, made_of, open_desk

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
