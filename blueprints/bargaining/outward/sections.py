"""The cards of the table on the page of a case: meetings, draft, vote, signature, disputes."""

from collections.abc import Iterator
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from blueprints.bargaining.ballots import queries as ballots
from blueprints.bargaining.disputes.actions import disputes_of
from blueprints.bargaining.disputes.clocks import clocks_of
from blueprints.bargaining.drafts import queries as drafts
from blueprints.bargaining.ground import clocks as case_clocks
from blueprints.bargaining.ground.contributions import Entry, Section, case_events, section
from blueprints.bargaining.ground.labels import SIDES
from blueprints.bargaining.ground.models import BargainingCase, CaseState
from blueprints.bargaining.ground.table_words import (
    BALLOT_METHODS,
    DISPUTE_STATES,
    DRAFT_STATES,
    MANNERS,
    MEETING_STATES,
    PARTIES,
    POSITION_KINDS,
    SIGNING_STATES,
)
from blueprints.bargaining.meetings import queries as meetings
from blueprints.bargaining.signing import queries as signings
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from rules.clauses import plain
from rules.deadlines import Due
from rules.shelf import catalogue
from rules.words import Text
from tenants.roles import May

BEFORE = (CaseState.FORECAST, CaseState.PREPARING, CaseState.TEAM_FORMING, CaseState.OFFERED)
WORDS: dict[str, Any] = {
    "meetings": MEETING_STATES, "sides": SIDES, "turns": POSITION_KINDS, "drafts": DRAFT_STATES,
    "manners": MANNERS, "methods": BALLOT_METHODS, "signings": SIGNING_STATES,
    "parties": PARTIES, "disputes": DISPUTE_STATES, "plain": plain,
}  # fmt: skip


@section(50, _l("Meetings"))
def meetings_held(case: BargainingCase, person: Viewer) -> Section | None:
    rows = meetings.meetings_of(case.id)
    if not rows and case.state in BEFORE:
        return None
    clocks = [
        (catalogue()[one.rule_key].title, one, Due.from_json(one.derivation))
        for one in case_clocks.clocks_of(case)
    ]
    return Section(
        "bargaining/_meetings.html",
        {
            "rows": rows,
            "chains": meetings.positions_of(case.id),
            "suspensions": meetings.suspensions_of(case.id),
            "clocks": clocks,
            "may_edit": person.may(May.CASES_EDIT),
            "words": WORDS,
        },
    )


@section(60, _l("Draft"))
def draft_written(case: BargainingCase, person: Viewer) -> Section | None:
    rows = drafts.drafts_of(case.id)
    if not rows and case.state in BEFORE:
        return None
    return Section(
        "bargaining/_drafts.html",
        {
            "rows": rows,
            "floors": drafts.floors_of(case.id),
            "may_edit": person.may(May.CASES_EDIT),
            "words": WORDS,
        },
    )


@section(70, _l("Vote"))
def votes_held(case: BargainingCase, _person: Viewer) -> Section | None:
    rows = ballots.ballots_of(case.id)
    if not rows:
        return None
    units = ballots.units_by_ballot([one.id for one in rows])
    return Section("bargaining/_votes.html", {"rows": rows, "units": units, "words": WORDS})


@section(80, _l("Signing of the contract"))
def signature_given(case: BargainingCase, _person: Viewer) -> Section | None:
    signing = signings.standing_signing(case.id)
    if signing is None:
        return None
    return Section(
        "bargaining/_signing.html",
        {
            "signing": signing,
            "names": signings.names_under(signing.id),
            "coverage": signings.coverage_of(case, signing),
            "words": WORDS,
        },
    )


@section(85, _l("Coordination"))
def disputes_settled(case: BargainingCase, _person: Viewer) -> Section | None:
    rows = disputes_of(case.id)
    clocks = clocks_of([one.id for one in rows])
    known = {"rows": rows, "clocks": clocks, "words": WORDS}
    return Section("bargaining/_disputes.html", known) if rows else None


@case_events
def at_the_table(case: BargainingCase) -> Iterator[Entry]:
    """Days that stand in the timeline besides what the trail says: meetings to come, votes."""
    for one in meetings.meetings_of(case.id):
        if one.state == "called":
            yield Entry(
                one.opens_at,
                Text(f"第{one.number}次协商会议", f"Meeting {one.number}"),
                one.place,
                ((said(Text("打开", "Open")), url_for("table.meeting", meeting_id=one.id)),),
            )
