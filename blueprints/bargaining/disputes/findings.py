"""Whether a dispute kept to the days of the place: applied for, taken up and settled in time."""

from collections.abc import Iterator
from datetime import date

from blueprints.bargaining.disputes.clocks import MAKING, clock_of
from blueprints.bargaining.ground.clocks import DURATION, clocks_of, counted, earliest, rule_for
from blueprints.bargaining.ground.dispute_models import OPEN, Dispute, DisputeState
from blueprints.bargaining.ground.models import BargainingCase
from rules.findings import Finding
from rules.words import Text
from tenants.clock import today

APPLY, START = "dispute.apply_days", "dispute.start_days"


def findings_of(case: BargainingCase, dispute: Dispute) -> list[Finding]:
    """What was late, with the article; what happened is on record all the same."""
    return [*_applied_late(case, dispute), *_taken_up_late(case, dispute), *_over(case, dispute)]


def apply_by(case: BargainingCase) -> date | None:
    """The last day to apply on, where the place has one: after the time to bargain is over."""
    clock = next((one for one in clocks_of(case) if one.rule_key == DURATION), None)
    last = counted(case, APPLY, clock.due_on) if clock else None
    return last.on if last else None


def take_up_by(case: BargainingCase, dispute: Dispute) -> date | None:
    """When the authority should have begun; unconfirmed, the earliest day of any known rule."""
    return earliest(case, START, dispute.applied_on)


def _applied_late(case: BargainingCase, dispute: Dispute) -> Iterator[Finding]:
    last = apply_by(case)
    if last is not None and dispute.applied_on > last:
        yield Finding(
            Text(f"申请协调的期限到{last.isoformat()}为止，本申请在此之后提出。",
                 f"Coordination was to be applied for by {last.isoformat()}; this came later."),
            rule_for(case, APPLY).citation, blocks=False,
        )  # fmt: skip


def _taken_up_late(case: BargainingCase, dispute: Dispute) -> Iterator[Finding]:
    last = counted(case, START, dispute.applied_on)
    if last is None or dispute.state not in {*OPEN, DisputeState.SETTLED, DisputeState.ENDED}:
        return
    if (dispute.accepted_on or today()) > last.on:
        yield Finding(
            Text(f"协调应当在{last.on.isoformat()}以前开始。",
                 f"It was to be taken up by {last.on.isoformat()}."),
            rule_for(case, START).citation, blocks=False,
        )  # fmt: skip


def _over(case: BargainingCase, dispute: Dispute) -> Iterator[Finding]:
    clock = clock_of(dispute.id)
    if clock is None or dispute.state in {DisputeState.WITHDRAWN, DisputeState.ENDED}:
        return
    if (dispute.ended_on or today()) > clock.due_on:
        yield Finding(
            Text(f"协调处理期限已于{clock.due_on.isoformat()}届满。",
                 f"The settlement period ended on {clock.due_on.isoformat()}."),
            rule_for(case, MAKING).citation, blocks=False,
        )  # fmt: skip
