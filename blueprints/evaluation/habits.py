"""What a federation sets for itself about surveys: targets and the smallest cell. None is law."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from rules.survey import RateKind
from tenants import trail
from tenants.db import db
from tenants.federation import this_federation

PART = "surveys"
SMALLEST = 10  # form 25's example; a federation may ask for more, never for fewer than five
FEWEST = 5


@dataclass(frozen=True)
class Targets:
    """What the rates are held against, in percent, and the document that says so."""

    percent: Mapping[RateKind, int]
    source: str

    def of(self, kind: RateKind) -> Fraction | None:
        return Fraction(self.percent[kind], 100) if kind in self.percent else None


def targets() -> Targets:
    """The federation's own; where it has set none there is none to compare with."""
    kept = this_federation().settings.get(PART, {})
    said = kept.get("targets", {})
    percent = {kind: int(said[kind.value]) for kind in RateKind if said.get(kind.value)}
    return Targets(percent, kept.get("source", ""))


def smallest_cell() -> int:
    """How many answers a figure needs before it is shown by itself."""
    own = this_federation().settings.get("smallest_cell")
    return max(int(own), FEWEST) if own else SMALLEST


def set_targets(percent: Mapping[RateKind, int | None], source: str) -> None:
    """A leader sets them, with the document they stand in."""
    tenant = this_federation()
    kept = {kind.value: value for kind, value in percent.items() if value is not None}
    tenant.settings = {**tenant.settings, PART: {"targets": kept, "source": source}}
    db.session.flush()
    trail.record("survey.targets_set", tenant_subject(tenant.id), **kept, source=source)


def tenant_subject(ident: int) -> tuple[str, int]:
    return ("tenant", ident)
