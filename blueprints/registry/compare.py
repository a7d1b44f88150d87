"""What a row of a ledger would change in the register: the register's side is passed in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from blueprints.registry.names import name_key
from blueprints.registry.reasons import Finding
from blueprints.registry.rows import Record

Changes = dict[str, list[Any]]
# Facts of a row and the columns they stand in. A blank cell says nothing and changes nothing.
PLAIN = {
    "credit_code": "credit_code",
    "name": "name",
    "area": "area",
    "locality": "locality",
    "address": "address",
    "ownership": "ownership",
    "contact_name": "contact_name",
    "phone": "phone",
    "email": "email",
    "contract": "contract_claimed",
    "contract_until": "contract_claimed_until",
    "remark": "remark",
}
COUNTS = ("headcount", "women", "frontline")


@dataclass(slots=True)
class Known:
    """What the register has of an enterprise, its own union and its former names."""

    id: int
    name: str
    name_key: str
    credit_code: str | None
    area: str | None
    locality: str | None
    address: str | None
    industries: list[str]
    ownership: str | None
    headcount: int | None
    women: int | None
    frontline: int | None
    contact_name: str | None
    phone: str | None
    email: str | None
    contract_claimed: bool | None
    contract_claimed_until: date | None
    remark: str | None
    union_id: int | None
    union_name: str | None
    chair: str | None
    union_own: bool | None  # whether that union is of this enterprise alone
    former_names: list[str] = field(default_factory=list)


class Register:
    """The register as it stands before an import, found by code and by name."""

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self.by_code: dict[str, Known] = {}
        self.by_name: dict[str, list[Known]] = defaultdict(list)
        for one in known:
            if one.credit_code:
                self.by_code[one.credit_code] = one
            self.by_name[one.name_key].append(one)

    def match(self, record: Record) -> Known | Finding | None:
        """The enterprise a record is about; None: a new one; a finding: cannot be told."""
        same_name = self.by_name.get(name_key(record.name), ())
        nameless = [one for one in same_name if one.credit_code is None]
        if record.credit_code:
            found = self.by_code.get(record.credit_code)
            # One that was registered without a code is now given it.
            return found or (nameless[0] if len(nameless) == 1 else None)
        candidates = nameless or same_name
        if len(candidates) > 1:
            return Finding("name", record.name, "name_ambiguous", {"count": len(candidates)})
        return candidates[0] if candidates else None


def compare(record: Record, known: Known) -> tuple[Changes, list[Finding]]:
    """Which facts would change, as [old, new]; and what the ledger says that is not followed."""
    changes: Changes = {}
    findings: list[Finding] = []
    for fact, column in PLAIN.items():
        new = getattr(record, fact)
        if new is not None and new != (old := getattr(known, column)):
            changes[fact] = [old, new]
    if record.headcount is not None:
        for fact, new in zip(COUNTS, counts(record, known), strict=True):
            if new != (old := getattr(known, fact)):
                changes[fact] = [old, new]
    if record.industries and list(record.industries) != known.industries:
        changes["industry"] = [known.industries, list(record.industries)]
    if record.contract is False and known.contract_claimed_until is not None:
        changes["contract_until"] = [known.contract_claimed_until, None]
    if added := [n for n in record.former_names if n not in known.former_names]:
        changes["former_name"] = [known.former_names, [*known.former_names, *added]]
    _compare_union(record, known, changes, findings)
    return changes, findings


def counts(record: Record, known: Known | None) -> tuple[int | None, int | None, int | None]:
    """The headcount as one statement: parts of an older total do not stand beside a new one."""
    if record.headcount is None:
        return (known.headcount, known.women, known.frontline) if known else (None, None, None)
    if known is None or known.headcount != record.headcount:
        return record.headcount, record.women, record.frontline
    women = known.women if record.women is None else record.women
    return (
        record.headcount,
        women,
        known.frontline if record.frontline is None else record.frontline,
    )


def _compare_union(record: Record, known: Known, changes: Changes, findings: list[Finding]) -> None:
    if record.unionised is False and known.union_id is not None:
        findings.append(Finding("unionised", "否", "union_kept"))
    if not record.unionised:
        return
    if known.union_id is None:
        changes["unionised"] = [False, True]
        changes["union_name"] = [None, union_name(record)]
        if record.chair:
            changes["chair"] = [None, record.chair]
        return
    if known.union_own:
        if record.union_name and record.union_name != known.union_name:
            changes["union_name"] = [known.union_name, record.union_name]
        if record.chair and record.chair != known.chair:
            changes["chair"] = [known.chair, record.chair]


def union_name(record: Record) -> str:
    """The union's name, or the usual one where a ledger only says that there is a union."""
    return record.union_name or f"{record.name}工会委员会"
