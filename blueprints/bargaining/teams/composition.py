"""The two teams against the rules of the place, live: every finding with its article."""

from collections.abc import Iterator, Sequence

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.contributions import case_facts
from blueprints.bargaining.ground.law import book_of, rule_of, selection_of
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.team_models import BY_VOTE, Chosen, Representative, Seat, Side
from blueprints.bargaining.teams.roster_votes import findings as of_the_vote
from blueprints.bargaining.teams.roster_votes import votes_needed
from blueprints.shared.read_once import read_once
from rules.findings import Finding
from rules.representation import GROUPS, Member, check_teams
from rules.rosters import wants_election
from rules.words import Text

ELECTED = "elected"


@read_once
def findings_of(case: BargainingCase) -> list[Finding]:
    """Everything about the teams as they stand that the law of the place does not allow."""
    workers = queries.representatives_of(case.id, Side.WORKERS)
    employer = queries.representatives_of(case.id, Side.EMPLOYER)
    found = check_teams(
        book_of(case), members(workers), members(employer), queries.totals_of(case.id).staff(),
        kind=case.contract_kind, above_designated_size=case.above_size,
    )  # fmt: skip
    return [
        *found, *_choice(case, workers), *of_the_vote(case, workers),
        *_proofs(case, [*workers, *employer]),
    ]  # fmt: skip


def members(team: Sequence[Representative]) -> list[Member]:
    """Representatives as the rules know them; advisers and the recorder are none."""
    return [
        Member(identity(one), one.chief, one.outsider, tuple(one.groups), tuple(one.roles))
        for one in team
        if one.seat == Seat.MEMBER
    ]


def identity(one: Representative) -> str:
    """Who it is: the same name in the same enterprise is taken for the same person."""
    return f"{one.name.strip()}@{one.enterprise_id or ''}"


def _choice(case: BargainingCase, workers: Sequence[Representative]) -> Iterator[Finding]:
    """How the workers' representatives were chosen, against how the place wants it."""
    rule = selection_of(case)
    for one in workers:
        if one.seat != Seat.MEMBER or one.outsider or one.chosen == Chosen.UNION_CHAIR:
            continue
        if wants_election(rule) and one.chosen not in BY_VOTE:
            yield Finding(
                Text(
                    f"{one.name}未经职工（代表）大会选举产生。",
                    f"{one.name} was not elected by the workers or their congress.",
                ),
                rule.citation,
                Side.WORKERS,
            )
        if one.chosen in BY_VOTE and one.electorate:
            least, votes = votes_needed(case, one.electorate), one.votes_for or 0
            if votes < least:
                yield Finding(
                    Text(
                        f"{one.name}得票{votes}，应参加{one.electorate}人，至少需要{least}票。",
                        f"{one.name} has {votes} votes of {one.electorate}; {least} are needed.",
                    ),
                    rule.citation,
                    Side.WORKERS,
                )


def _proofs(case: BargainingCase, everybody: Sequence[Representative]) -> Iterator[Finding]:
    """Elections without a record and outsiders without a mandate: said, and no bar to a step."""
    external = rule_of(case, "reps.external_max_ratio")
    selection = selection_of(case)
    for one in everybody:
        if one.record_id is not None:
            continue
        if one.outsider and one.seat == Seat.MEMBER:
            yield Finding(
                Text(f"外聘代表{one.name}没有书面委托书。",
                     f"The outsider {one.name} has no written mandate on file."),
                external.citation, ELECTED, blocks=False,
            )  # fmt: skip
        elif one.chosen in BY_VOTE:
            yield Finding(
                Text(f"{one.name}的选举记录未上传。",
                     f"The record of the election of {one.name} is not on file."),
                selection.citation, ELECTED, blocks=False,
            )  # fmt: skip


@case_facts
def of_the_teams(case: BargainingCase) -> dict[str, bool]:
    """Numbers, chiefs and parity are one condition; who they are is another."""
    stops = [finding for finding in findings_of(case) if finding.blocks]
    made_up = [finding for finding in stops if finding.subject in GROUPS]
    return {
        "teams_complete": len(made_up) == len(stops),
        "composition_met": not made_up,
    }
