"""Results as a page shows them: rates of groups, what they rest on, how far they can err."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from blueprints.contracts.ground.models import Contract
from blueprints.evaluation.habits import Targets, targets
from blueprints.evaluation.models import Respondent, Survey, SurveyScope
from blueprints.registry.areas import area_name
from blueprints.registry.industries import divisions
from blueprints.registry.models import Enterprise
from rules.survey import Question, Rate, RateKind, Tally
from rules.words import Text
from tenants.db import db

BY = ("enterprise", "area", "industry", "contract")
UNKNOWN = Text("未登记", "not on record")


@dataclass(frozen=True)
class Measured:
    """One rate of one group, held against the target."""

    kind: RateKind
    rate: Rate
    low: float | None
    high: float | None
    target: Fraction | None

    @property
    def share(self) -> float | None:
        return float(self.rate.share) if self.rate.share is not None else None

    @property
    def reaches(self) -> bool | None:
        """Whether the target is reached; None where it lies within what the sample can err."""
        if self.target is None or self.low is None or self.high is None:
            return None
        if self.low >= self.target:
            return True
        return False if self.high < self.target else None


@dataclass(frozen=True)
class Group:
    """A row of results: its name, whose it is, its counts and its three rates."""

    name: Any
    tally: Tally
    people: int | None
    rates: Sequence[Measured]
    ident: str | int | None = None


def measured(tally: Tally, people: int | None, targets: Targets) -> list[Measured]:
    """The three rates apart; never one figure out of them."""
    found = []
    for kind in RateKind:
        rate = tally.rate(kind)
        low, high = rate.interval(people) or (None, None)
        found.append(Measured(kind, rate, low, high, targets.of(kind)))
    return found


def whole(survey: Survey, respondent: str = Respondent.WORKERS) -> Group | None:
    kept = (survey.figures or {}).get(respondent)
    if not kept or kept["whole"] is None:
        return None
    tally = Tally(*kept["whole"])
    rates = measured(tally, kept["asked"], targets())
    return Group(survey.name, tally, kept["asked"], rates)


def blocks(survey: Survey, respondent: str = Respondent.WORKERS) -> Sequence[Mapping[str, Any]]:
    kept: Mapping[str, Any] = (survey.figures or {}).get(respondent) or {}
    found: Sequence[Mapping[str, Any]] = kept.get("blocks", ())
    return found


def groups(survey: Survey, by: str, within: set[int] | None = None) -> list[Group]:
    """Workers' rates by unit, area, industry or contract: sums of whole blocks.

    `within` leaves only blocks that lie wholly among these enterprises.
    """
    mine = [
        block for block in blocks(survey) if within is None or set(block["enterprises"]) <= within
    ]
    aims = targets()
    if by == "enterprise":
        names = _unit_names(mine)
        return [
            _group(_joined(names, block), [block], aims, block["enterprises"][0]) for block in mine
        ]
    keys = dict.fromkeys(block[by] for block in mine)
    named = _names_of(by, list(keys))
    return sorted(
        (_group(named(key), [one for one in mine if one[by] == key], aims, key) for key in keys),
        key=lambda group: -group.tally.valid,
    )


def _group(name: Any, found: Sequence[Mapping[str, Any]], aims: Targets, ident: Any) -> Group:
    tally = sum((Tally(*block["tally"]) for block in found), start=Tally())
    known = [block["people"] for block in found]
    people = sum(known) if all(one is not None for one in known) else None
    return Group(name, tally, people, measured(tally, people, aims), ident)


def _joined(names: Mapping[int, str], block: Mapping[str, Any]) -> Text:
    """A unit by its name; units that stand together by the first and how many."""
    first, *others = (names.get(one, "") for one in block["enterprises"])
    if not others:
        return Text(first, first)
    return Text(
        f"{first}等{len(others) + 1}家（合并显示）", f"{first} and {len(others)} more, together"
    )


def _unit_names(found: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    ids = [one for block in found for one in block["enterprises"]]
    query = select(Enterprise.id, Enterprise.name).where(Enterprise.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(query)}


def _names_of(by: str, keys: Sequence[Any]) -> Callable[[Any], Any]:
    if by == "area":
        return lambda key: area_name(key) if key else UNKNOWN
    if by == "industry":
        return lambda key: divisions()[key].name if key in divisions() else UNKNOWN
    query = select(Contract.id, Contract.name).where(Contract.id.in_(keys))
    known = {row.id: row.name for row in db.session.execute(query)}
    return lambda key: known.get(key, "")


@dataclass(frozen=True)
class Counted:
    """A question and how often each of its boxes was ticked; None: by too few to say."""

    question: Question
    boxes: Sequence[tuple[Text, int | None]]
    of: int


def questions(survey: Survey, respondent: str = Respondent.WORKERS) -> list[Counted]:
    kept = (survey.figures or {}).get(respondent) or {}
    found = []
    for question in map(Question.from_json, survey.questions):
        counts = kept.get("questions", {}).get(question.id)
        if counts is not None:
            boxes = [(option.words, counts.get(option.id)) for option in question.options]
            found.append(Counted(question, boxes, kept["valid"]))
    return found


def warnings(survey: Survey) -> list[Text]:
    """What has to be said beside the figures of the workers, so that nobody is misled."""
    kept = (survey.figures or {}).get(Respondent.WORKERS)
    if not kept or kept["whole"] is None:
        return []
    found = []
    if kept["valid"] < survey.sample_wanted:
        found.append(
            Text(
                f"样本偏小：有效问卷{kept['valid']}份，少于计划的{survey.sample_wanted}份，"
                "结果只供参考。",
                f"The sample is too small: {kept['valid']} valid forms where "
                f"{survey.sample_wanted} were wanted. Take the figures as a hint.",
            )
        )
    if kept["handed_out"] is not None and kept["returned"] > kept["handed_out"]:
        found.append(
            Text(
                f"收回{kept['returned']}份，多于发出的{kept['handed_out']}份，可能有人重复填写。",
                f"{kept['returned']} forms came back and {kept['handed_out']} were handed out: "
                "somebody may have answered twice.",
            )
        )
    elif kept["asked"] is not None and kept["returned"] > kept["asked"]:
        found.append(
            Text(
                f"收回{kept['returned']}份，多于登记的职工{kept['asked']}人，可能有人重复填写。",
                f"{kept['returned']} forms came back from {kept['asked']} people on record: "
                "somebody may have answered twice.",
            )
        )
    if kept["rest"]:
        found.append(
            Text(
                f"{len(kept['rest'])}个单位的问卷太少，只计入总数，不单独显示。",
                f"{len(kept['rest'])} units returned too few forms to be shown; they count in "
                "the sum of all only.",
            )
        )
    return found


def of_contract(survey: Survey, contract_id: int) -> Group | None:
    """The rates of the workers under one contract."""
    if survey.scope == SurveyScope.CONTRACT and survey.contract_id == contract_id:
        return whole(survey)
    found = [block for block in blocks(survey) if block["contract"] == contract_id]
    return _group("", found, targets(), contract_id) if found else None
