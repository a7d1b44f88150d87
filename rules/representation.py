"""Is a bargaining team as the rule wants it: numbers, outsiders, chief, quotas, barred people."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from rules.findings import Finding
from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rules.books import Book
    from rules.law import Rule

GROUPS = {
    "front_line": Text(zh="一线职工", en="front-line workers"),
    "women": Text(zh="女职工", en="women workers"),
    "disabled": Text(zh="残疾职工", en="disabled workers"),
    "dispatched": Text(zh="劳务派遣人员", en="dispatched workers"),
}
ROLES = {
    "union_staff": Text(zh="工会工作人员", en="union staff"),
    "head": Text(zh="企业负责人", en="heads of the enterprise"),
    "investor": Text(zh="出资人", en="investors"),
    "close_relative": Text(
        zh="企业负责人、出资人的近亲属", en="close relatives of heads or investors"
    ),
    "hr_manager": Text(zh="人力资源负责人", en="the head of human resources"),
}
SIDES = {
    "workers": Text(zh="职工方", en="the workers' side"),
    "employer": Text(zh="企业方", en="the employer's side"),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One representative; `groups` and `roles` are the names in GROUPS and ROLES that apply."""

    person: str
    chief: bool = False
    outsider: bool = False
    groups: Collection[str] = ()
    roles: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works there: the total and the headcount of each group."""

    total: int
    groups: Mapping[str, int] = field(default_factory=dict)

    def share(self, group: str) -> Fraction:
        return Fraction(self.groups.get(group, 0), self.total) if self.total else Fraction(0)


def check_teams(
    book: Book,
    workers: Sequence[Member],
    employer: Sequence[Member],
    staff: Staff,
    *,
    kind: str = "wage",
    above_designated_size: bool = False,
) -> list[Finding]:
    """Everything about the two teams that the law of the place does not allow."""
    size = "above_designated_size" if above_designated_size else ""
    found: list[Finding] = []
    for side, team in (("workers", workers), ("employer", employer)):
        found += _numbers(book, side, team, kind, size)
        found += _chief(book, side, team, kind)
        found += _outsiders(book.rule("reps.external_max_ratio", kind), side, team)
        found += _barred(book.rule("reps.incompatibility", kind), side, team)
    found += _parity(book.rule("reps.parity", kind), len(workers), len(employer))
    found += _both_sides(book.rule("reps.incompatibility", kind), workers, employer)
    found += _composition(book.rule("reps.worker.composition", kind), workers, staff)
    return found


def _numbers(
    book: Book, side: str, team: Sequence[Member], kind: str, size: str
) -> Iterator[Finding]:
    least, most = book.rule("reps.min_per_side", kind), book.rule("reps.max_per_side", kind)
    minimum = least.when.get(size, least.value)
    who = SIDES[side]
    if isinstance(minimum, int) and len(team) < minimum:
        yield Finding(
            Text(
                zh=f"{who.zh}代表{len(team)}人，至少应当有{minimum}人。",
                en=f"{who.en.capitalize()} has {len(team)}, at least {minimum} are needed.",
            ),
            least.citation,
            side,
        )
    if isinstance(most.value, int) and len(team) > most.value:
        yield Finding(
            Text(
                zh=f"{who.zh}代表{len(team)}人，最多{most.value}人。",
                en=f"{who.en.capitalize()} has {len(team)}, at most {most.value} are allowed.",
            ),
            most.citation,
            side,
        )
    if most.operator == "odd" and len(team) % 2 == 0:
        yield Finding(
            Text(
                zh=f"{who.zh}代表{len(team)}人，应当为单数。",
                en=f"{who.en.capitalize()} has {len(team)}; the number must be odd.",
            ),
            most.citation,
            side,
        )


def _parity(rule: Rule, workers: int, employer: int) -> Iterator[Finding]:
    if rule.operator == "=" and workers != employer:
        yield Finding(
            Text(
                zh=f"双方代表人数应当相等，现为{workers}人和{employer}人。",
                en=f"Both sides need the same number; they have {workers} and {employer}.",
            ),
            rule.citation,
        )
    elif rule.operator == "≤" and employer > workers:
        yield Finding(
            Text(
                zh=f"企业方代表不得多于职工方，现为{employer}人和{workers}人。",
                en=f"The employer's side ({employer}) may not outnumber the workers' ({workers}).",
            ),
            rule.citation,
        )


def _chief(book: Book, side: str, team: Sequence[Member], kind: str) -> Iterator[Finding]:
    chiefs = [member for member in team if member.chief]
    rule, external = (
        book.rule(f"chief.{'worker' if side == 'workers' else 'employer'}", kind),
        (book.rule("chief.external_allowed", kind)),
    )
    who = SIDES[side]
    if len(chiefs) != 1:
        yield Finding(
            Text(
                zh=f"{who.zh}应当有一名首席代表，现有{len(chiefs)}名。",
                en=f"{who.en.capitalize()} needs one chief and has {len(chiefs)}.",
            ),
            rule.citation,
            side,
        )
    if external.value is False and any(member.outsider for member in chiefs):
        yield Finding(
            Text(zh="外聘代表不能担任首席代表。", en="An external representative cannot be chief."),
            external.citation,
            side,
        )


def _outsiders(rule: Rule, side: str, team: Sequence[Member]) -> Iterator[Finding]:
    outside = sum(member.outsider for member in team)
    if not isinstance(rule.value, Fraction) or outside <= rule.value * len(team):
        return
    text = (
        Text(
            zh="外聘人员只能担任顾问，不能担任代表。",
            en="Outsiders may only be advisers here, not representatives.",
        )
        if rule.value == 0
        else Text(
            zh=f"外聘代表{outside}人，超过本方{len(team)}人的{_zh(rule.value)}。",
            en=f"{outside} outsiders among {len(team)} are more than {rule.value} of the side.",
        )
    )
    yield Finding(text, rule.citation, side)


def _barred(rule: Rule, side: str, team: Sequence[Member]) -> Iterator[Finding]:
    for check in rule.checks:
        role = str(check["barred"])
        if check["side"] == side and any(role in member.roles for member in team):
            yield Finding(
                Text(
                    zh=f"{ROLES[role].zh}不得担任{SIDES[side].zh}代表。",
                    en=f"{ROLES[role].en.capitalize()} may not represent {SIDES[side].en}.",
                ),
                rule.citation,
                side,
            )


def _both_sides(
    rule: Rule, workers: Sequence[Member], employer: Sequence[Member]
) -> Iterator[Finding]:
    if {member.person for member in workers} & {member.person for member in employer}:
        yield Finding(
            Text(zh="同一人不能同时代表双方。", en="A person cannot represent both sides."),
            rule.citation,
        )


def _composition(rule: Rule, team: Sequence[Member], staff: Staff) -> Iterator[Finding]:
    for check in rule.checks:
        group = str(check["group"])
        seats = sum(group in member.groups for member in team)
        least = _seats(check, group, len(team), staff)
        if seats < least:
            words = GROUPS[group]
            yield Finding(
                Text(
                    zh=f"职工方代表中{words.zh}{seats}人，至少应当有{least}人。",
                    en=f"{seats} of the workers' side are {words.en}; {least} are needed.",
                ),
                rule.citation,
                group,
            )


def _seats(check: Mapping[str, str | int], group: str, team: int, staff: Staff) -> int:
    """How many seats the rule gives a group: a share of the team, a fixed number, or its part.

    The part of the staff is rounded down, and is at least one where the group exists.
    """
    part = staff.share(group)
    if "at_least" in check:
        share = Fraction(str(check["at_least"])) * team
        return -(-share.numerator // share.denominator)
    if part == 0 or part < Fraction(str(check.get("staff_from", 0))):
        return 0
    if "staff_over" in check and part <= Fraction(str(check["staff_over"])):
        return 0
    if "seats" in check:
        return int(check["seats"])
    return max(1, int(part * team))


def _zh(share: Fraction) -> str:
    return f"{share.denominator}分之{share.numerator}"
