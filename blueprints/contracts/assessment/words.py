"""An assessment in words that workers can read, and its points as form 23 names them."""

from collections.abc import Mapping
from typing import Any

from blueprints.contracts.assessment.models import Assessment
from blueprints.contracts.ground.models import Contract
from rules.assessment import GRADE_NAMES, Grade, Item
from rules.words import Text

FIELDS: Mapping[str, str] = {
    Item.FULFILMENT: "score_fulfilment",
    Item.TIMELINESS: "score_timeliness",
    Item.PUBLICITY: "score_publicity",
    Item.SUPERVISION: "score_supervision",
    Item.RECTIFICATION: "score_rectification",
    Item.WORKERS: "score_workers",
}


def scores(known: Mapping[str, float | None]) -> dict[str, Any]:
    """Each item under its name on the form; where there is no basis the form stays blank."""
    return {name: known.get(item) for item, name in FIELDS.items()}


def worker_summary(contract: Contract, row: Assessment) -> list[Text]:
    """A few plain sentences: how well it was kept, what was not, what is asked for next."""
    found = [
        Text(
            f"这份集体合同自{row.period_from}起适用，本次评估看到{row.period_until}。",
            f"This contract holds since {row.period_from}; this assessment looks at the time "
            f"until {row.period_until}.",
        )
    ]
    if row.total is not None and row.grade:
        grade = GRADE_NAMES[Grade(row.grade)]
        found.append(
            Text(
                f"满分100分，得{row.total}分，等次：{grade.zh}。",
                f"It reached {row.total} of 100 points: {grade.en.lower()}.",
            )
        )
    rate = row.figures.get("performance_rate")
    if rate is not None:
        share = f"{rate * 100:.1f}%"
        found.append(
            Text(f"到期的约定履行了{share}。", f"Of the promises that were due {share} were kept.")
        )
    if row.said:
        found.append(Text.from_json(row.said))
    found += [
        Text(
            f"{one['clause']}“{one['title']}”没有完全做到：{one['why']}",
            f"{one['clause']} “{one['title']}” was not wholly kept: {one['why']}",
        )
        for one in row.demands
    ]
    found.append(Text(f"下一轮协商建议：{row.next_round}", f"For the next round: {row.next_round}"))
    if contract.term_to:
        found.append(Text(f"合同至{contract.term_to}期满。", f"It ends on {contract.term_to}."))
    return found
