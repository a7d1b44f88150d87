"""Who bargains: choosing representatives, their going, the posting of the roster, protection."""

import secrets
from datetime import date
from typing import Any

from sqlalchemy import select

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.law import count, longest_known, rule_of
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.team_models import Representative, Seat, Side, Team
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.db import db

TOKEN_BYTES = 24
OF_TEAM = (Team.tenant_id == Representative.tenant_id) & (Team.id == Representative.team_id)


def choose(
    case: BargainingCase, side: Side | str, facts: dict[str, Any], *, record_id: int | None = None
) -> Representative:
    """Put somebody on a team, as they were chosen; what the rules say to it stands beside it."""
    team = queries.team_of(case.id, side)
    assert team is not None  # noqa: S101 - a case is opened with both
    _one_chief(team, facts, None)
    one = Representative(
        team_id=team.id, record_id=record_id, room_token=secrets.token_urlsafe(TOKEN_BYTES), **facts
    )
    db.session.add(one)
    db.session.flush()
    trail.record("representative.chosen", case, side=str(side), person=one.name, chosen=one.chosen)
    return one


def correct(
    case: BargainingCase,
    one: Representative,
    facts: dict[str, Any],
    *,
    record_id: int | None = None,
) -> None:
    """Write what was corrected about a representative."""
    team = db.session.get_one(Team, (one.tenant_id, one.team_id))
    _one_chief(team, facts, one)
    wanted = facts if record_id is None else {**facts, "record_id": record_id}
    changed = {k: (_plain(getattr(one, k)), _plain(v)) for k, v in wanted.items()
               if getattr(one, k) != v}  # fmt: skip
    for key, value in wanted.items():
        setattr(one, key, value)
    if changed:
        trail.record("representative.corrected", case, person=one.name, changed=changed)


def depart(case: BargainingCase, one: Representative, on: date, reason: str) -> None:
    """Somebody leaves; where a representative goes, the clock to fill the seat begins."""
    one.left_on, one.left_reason = on, reason
    if one.seat == Seat.MEMBER:
        counted = count(case, "reps.vacancy_fill_days", on)
        one.vacancy_due_on = counted.safe or counted.on
        one.vacancy_clock = {
            "derivation": counted.derivation, "article": counted.words.to_json(),
        }  # fmt: skip
    trail.record(
        "representative.left", case, person=one.name, reason=reason,
        due_on=one.vacancy_due_on.isoformat() if one.vacancy_due_on else None,
    )  # fmt: skip


def post_roster(
    case: BargainingCase,
    team: Team,
    on: date,
    place: str,
    *,
    until: date | None = None,
    evidence_id: int | None = None,
) -> None:
    """The roster is shown to the workers (公示) from a day on, for as long as the place asks.

    Where the place's period is not known, the longest of any confirmed rule is kept to. A shorter
    posting is recorded as it was; the page says what is missing.
    """
    counted = count(case, "reps.publish_days", on)
    needed = counted.on if counted.confirmed else longest_known(case, "reps.publish_days", on)
    team.posted_on, team.posting_place = on, place
    team.posted_until = until or needed or on
    team.posting_evidence_id = evidence_id or team.posting_evidence_id
    team.posting_clock = {
        "needed": needed.isoformat() if needed else None,
        "derivation": counted.derivation,
        "article": rule_of(case, "reps.publish_days").citation.to_json(),
        "confirmed": counted.confirmed,
    }
    trail.record(
        "roster.posted", case, side=team.side, place=place, days=on.isoformat(),
        until=team.posted_until.isoformat(),
    )  # fmt: skip


def posting_is_short(team: Team) -> bool:
    """Whether it hung for less time than the place asks."""
    needed = team.posting_clock.get("needed")
    return bool(needed and team.posted_until and team.posted_until < date.fromisoformat(needed))


def vacancies(case_id: int) -> list[Representative]:
    """Seats of representatives who left and whom nobody has replaced."""
    everybody = queries.representatives_of(case_id, still=False)
    replaced = {one.replaces_id for one in everybody}
    gone = [
        (one.left_on, one)
        for one in everybody
        if one.seat == Seat.MEMBER and one.left_on is not None and one.id not in replaced
    ]
    return [one for _, one in sorted(gone, key=lambda pair: (pair[0], pair[1].id))]


def get_representative(case: BargainingCase, ident: int) -> Representative | None:
    """Somebody of this case, and of no other."""
    query = (
        select(Representative)
        .join(Team, OF_TEAM)
        .where(Team.case_id == case.id, Representative.id == ident)
    )  # fmt: skip
    return db.session.scalar(query)


def _one_chief(team: Team, facts: dict[str, Any], but: Representative | None) -> None:
    """Each side has one chief; the present one has to go or stand back first."""
    if not facts.get("chief"):
        return
    present = queries.chief_of(team.case_id, team.side)
    if present is not None and present is not but:
        raise RuleBroken(
            Text(
                f"{present.name}是本方首席代表，请先变更。",
                f"{present.name} is the chief of this side; change that first.",
            ),
            Text("《集体合同规定》第20条、第21条", "Order 22, arts. 20 and 21"),
        )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
