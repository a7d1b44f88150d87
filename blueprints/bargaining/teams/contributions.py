"""What the teams show on the page of a case, in its trace file, and on the workbench."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, case, or_, select

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.contributions import Section, Trace, section, trace
from blueprints.bargaining.ground.labels import CHOSEN, SEATS, SIDES
from blueprints.bargaining.ground.law import count, rule_of, selection_of
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.reach import cases_within
from blueprints.bargaining.ground.roster_models import RosterVote
from blueprints.bargaining.ground.team_models import BY_VOTE, Representative, Seat, Side, Team
from blueprints.bargaining.teams import roster_votes
from blueprints.bargaining.teams.actions import OF_TEAM, posting_is_short, vacancies
from blueprints.bargaining.teams.composition import findings_of
from blueprints.shared.guards import Viewer
from blueprints.shared.workbench_cards import Card, Due, Row, card
from rules.representation import GROUPS, ROLES
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

SOON = timedelta(days=30)
ROWS = 8
OF_CASE = (BargainingCase.tenant_id == Team.tenant_id) & (BargainingCase.id == Team.case_id)
WORDS = {"chosen": CHOSEN, "seats": SEATS, "sides": SIDES, "groups": GROUPS, "roles": ROLES,
         "assemblies": roster_votes.ASSEMBLIES}  # fmt: skip


def team_page(case: BargainingCase) -> dict[str, Any]:
    """Both sides with their people and findings, the posting, the vacancies, the clocks."""
    everybody = queries.representatives_of(case.id, still=False)
    votes = roster_votes.votes_of(case.id)
    sides = {}
    for side in Side:
        team = queries.team_of(case.id, side)
        mine = [one for one in everybody if team and one.team_id == team.id]
        sides[side] = {
            "team": team,
            "here": [one for one in mine if one.left_on is None],
            "gone": [one for one in mine if one.left_on is not None],
        }
    workers = queries.team_of(case.id, Side.WORKERS)
    return {
        "sides": sides,
        "findings": findings_of(case),
        "firms": {row.enterprise_id: row.name for row in queries.enterprises_of(case.id)},
        "vacancies": vacancies(case.id),
        "posting": workers,
        "posting_short": workers is not None and posting_is_short(workers),
        "posting_rule": rule_of(case, "reps.publish_days"),
        "named_by": count(case, "prep.reps_named_days", case.agreed_on or case.opened_on),
        "protection": rule_of(case, "reps.protection"),
        "term": rule_of(case, "reps.term"),
        "votes": [vote_lines(case, vote, everybody) for vote in votes],
        "vote_wanted": roster_votes.is_wanted(
            case, queries.representatives_of(case.id, Side.WORKERS)
        ),
        "selection": selection_of(case),
        "files": queries.names_of_papers(
            [*(one.record_id for one in everybody), *(one.record_id for one in votes)]
        ),
        "words": WORDS,
    }


def vote_lines(
    case: BargainingCase, vote: RosterVote, everybody: Sequence[Representative]
) -> dict[str, Any]:
    """One vote on the roster with its names and what it needed."""
    return {
        "vote": vote,
        "names": [one.name for one in everybody if one.id in vote.people],
        "needed": roster_votes.votes_needed(case, vote.electorate),
        "passed": roster_votes.passed(case, vote),
    }


@section(20, _l("Teams"))
def teams_section(case: BargainingCase, _viewer: Viewer) -> Section:
    sides = {side: queries.representatives_of(case.id, side) for side in Side}
    return Section(
        "bargaining/_teams.html",
        {
            "sides": sides,
            "findings": findings_of(case) if any(sides.values()) else [],
            "vacancies": vacancies(case.id),
            "posting": queries.team_of(case.id, Side.WORKERS),
            "words": WORDS,
        },
    )


@trace("before", 20)
def team_traces(case: BargainingCase) -> Iterator[Trace]:
    """Roster, records of election, posting."""
    here = url_for("cases.teams", case_id=case.id)
    selection = selection_of(case)
    for side in Side:
        members = [
            one for one in queries.representatives_of(case.id, side) if one.seat == Seat.MEMBER
        ]
        yield Trace(
            Text(f"{SIDES[side].zh}代表名册", f"Roster, {SIDES[side].en.lower()}"),
            present=bool(members),
            on=min((one.chosen_on for one in members), default=None),
            documents=[one.record_id for one in members if one.record_id],
            article=selection.citation,
            missing=Text("登记本方代表。", "Enter the representatives of this side."),
            url=here,
        )
    voted = [
        one for one in queries.representatives_of(case.id, Side.WORKERS) if one.chosen in BY_VOTE
    ]
    yield Trace(
        Text("代表选举记录", "Record of the election"),
        present=bool(voted) and all(one.record_id for one in voted),
        on=max((one.chosen_on for one in voted), default=None),
        required=bool(voted),
        documents=[one.record_id for one in voted if one.record_id],
        article=selection.citation,
        missing=Text("上传选举记录。", "Upload the record of the election."),
        url=here,
    )  # fmt: skip
    wanted = roster_votes.is_wanted(case, queries.representatives_of(case.id, Side.WORKERS))
    vote = roster_votes.standing(roster_votes.votes_of(case.id))
    if wanted or vote is not None:
        yield Trace(
            Text("职工对代表名单的表决", "Workers' vote on the roster"),
            present=vote is not None and vote.record_id is not None,
            on=vote.held_on if vote else None,
            required=wanted,
            documents=[vote.record_id] if vote and vote.record_id else [],
            article=selection.citation,
            missing=Text("登记表决结果并上传会议记录。", "Record the vote and upload its minutes."),
            url=here,
        )
    team = queries.team_of(case.id, Side.WORKERS)
    yield Trace(
        Text("代表名单公示", "Posting of the roster"),
        present=team is not None and team.posted_on is not None,
        on=team.posted_on if team else None,
        documents=[team.posting_evidence_id] if team and team.posting_evidence_id else [],
        article=rule_of(case, "reps.publish_days").citation,
        missing=Text("登记公示的时间和地点。", "Record when and where it was posted."),
        url=here,
    )


@card(38, May.CASES_READ)
def seats_to_fill(viewer: Viewer) -> Card | None:
    """Vacant seats whose time to be filled runs, and protections that end soon."""
    replaced = select(Representative.replaces_id).where(Representative.replaces_id.is_not(None))
    empty = and_(Representative.vacancy_due_on.is_not(None), Representative.id.not_in(replaced))
    ending = and_(
        Representative.left_on.is_(None),
        Representative.protected_until.between(today(), today() + SOON),
    )
    day = case((empty, Representative.vacancy_due_on), else_=Representative.protected_until)
    query = (
        select(Representative.name, BargainingCase.id, BargainingCase.name.label("case"),
               empty.label("empty"), day.label("on"))
        .join(Team, OF_TEAM)
        .join(BargainingCase, OF_CASE)
        .where(cases_within(viewer), or_(empty, ending))
        .order_by(day, Representative.id)
        .limit(2 * ROWS)
    )  # fmt: skip
    words = {True: _("Seat to fill"), False: _("Protection of a representative ends")}
    rows = [_row(row, words[row.empty], row.on) for row in db.session.execute(query)]
    return Due(_("Teams"), rows=rows, link=url_for("cases.index")) if rows else None


def _row(row: Any, what: str, on: Any) -> Row:
    return Row(
        row.case, url=url_for("cases.teams", case_id=row.id), what=what, note=row.name, date=on,
        act=_("Open"),
    )  # fmt: skip
