"""Moving an exposure along its machine (rules/machines/exposure.toml)."""

from blueprints.exposures.conditions import facts_of
from blueprints.exposures.models import Exposure
from rules.broken import RuleBroken
from rules.procedure import advance
from rules.reasons import reason
from rules.words import Text
from tenants.db import db

MACHINE = "exposure"
OWN = Text("本会办法", "The federation's own measure")


def step(exposure: Exposure, event: str, **known: bool) -> None:
    """Take a step, or raise RuleBroken with the reason the page would have shown."""
    facts = {**facts_of(exposure), **known}
    exposure.state = advance(MACHINE, exposure.state, event, facts)
    db.session.flush()


def by_another(exposure: Exposure, by_id: int) -> None:
    """Raises RuleBroken where the person is the one who proposed it."""
    if by_id == exposure.proposed_by_id:
        raise RuleBroken(reason("exposure.four_eyes_missing").say, OWN)
