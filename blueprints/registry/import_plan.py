"""What an import would do, line by line, and its sums. Nothing is written here."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from blueprints.registry.compare import Changes, Known, Register, compare
from blueprints.registry.import_models import Outcome
from blueprints.registry.kinds import Level, Status
from blueprints.registry.ledgers import Aside, Ledger, Line
from blueprints.registry.models import Enterprise, EnterpriseName, TradeUnion
from blueprints.registry.reasons import Finding, brief
from tenants.db import db

_COLUMNS = (
    "id", "name", "name_key", "credit_code", "area", "locality", "address", "industries",
    "ownership", "headcount", "women", "frontline", "contact_name", "phone", "email",
    "contract_claimed", "contract_claimed_until", "remark", "union_id",
)  # fmt: skip


NO_UNION: tuple[Any, ...] = (None, None, None)


@dataclass(slots=True)
class Judged:
    """One line and what becomes of it."""

    line: Line
    outcome: Outcome
    known: Known | None
    changes: Changes
    findings: list[Finding]


@dataclass
class Summary:
    """The sums of an import: rows = new + changed + unchanged + rejected."""

    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)  # why rows were refused
    warnings: Counter[str] = field(default_factory=Counter)
    aside: Aside = field(default_factory=Aside)

    def add(self, judged: Judged) -> None:
        self.rows += 1
        self.outcomes[judged.outcome] += 1
        for code in {finding.code for finding in judged.findings}:
            rejects = any(f.rejects for f in judged.findings if f.code == code)
            (self.reasons if rejects else self.warnings)[code] += 1

    def to_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            **{outcome.value: self.outcomes[outcome] for outcome in Outcome},
            "reasons": dict(self.reasons.most_common()),
            "warnings": dict(self.warnings.most_common()),
            "words": {code: brief(code).zh for code in (*self.reasons, *self.warnings)},
            "stated_total": self.aside.stated_total,
            "summed_total": self.aside.summed,
            "notes": self.aside.notes,
        }


def register_now() -> Register:
    """The federation's register as it stands, in the form that rows are compared with.

    Three plain walks, joined here: right after a first import the database has no statistics
    of this federation's rows yet, and would join them row by row.
    """
    unions = {
        ident: (name, chair, level == Level.ENTERPRISE)
        for ident, name, chair, level in _walk(
            select(TradeUnion.id, TradeUnion.name, TradeUnion.chair, TradeUnion.level)
        )
    }
    formers: dict[int, list[str]] = defaultdict(list)
    for ident, name in _walk(select(EnterpriseName.enterprise_id, EnterpriseName.name)):
        formers[ident].append(name)
    enterprises = select(*(getattr(Enterprise, name) for name in _COLUMNS)).where(
        Enterprise.status != Status.MERGED
    )
    return Register(
        Known(*row, *unions.get(row.union_id, NO_UNION), formers.get(row.id, []))  # type: ignore[call-arg]
        for row in _walk(enterprises)
    )


def _walk(query: Select[*tuple[Any, ...]]) -> Any:
    return db.session.execute(query.execution_options(yield_per=2000))


def judge(ledger: Ledger, register: Register) -> Iterator[Judged]:
    """Each line of data with its outcome."""
    taken: dict[int, int] = {}
    for line in ledger.lines():
        record, findings = line.record, line.findings
        if record is None:
            yield Judged(line, Outcome.REJECTED, None, {}, findings)
            continue
        known = register.match(record)
        if (
            isinstance(known, Known)
            and (first := taken.setdefault(known.id, line.number)) != line.number
        ):
            known = Finding("name", record.name, "name_duplicate", {"row": first})
        if isinstance(known, Finding):
            yield Judged(line, Outcome.REJECTED, None, {}, [*findings, known])
        elif known is None:
            yield Judged(line, Outcome.NEW, None, {}, findings)
        else:
            changes, more = compare(record, known)
            outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
            yield Judged(line, outcome, known, changes, [*findings, *more])


def as_json(value: Any) -> str:
    """Small JSON for a column, days as 2026-03-31."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(value)
