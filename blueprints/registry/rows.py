"""One row of a ledger read into what the register keeps, or into the reasons why not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from blueprints.registry import industries, values
from blueprints.registry.areas import City, areas_by_code
from blueprints.registry.codes import fault_in_code, read_code
from blueprints.registry.columns import Columns, at
from blueprints.registry.kinds import find_ownership
from blueprints.registry.names import read_name, shown
from blueprints.registry.reasons import Finding
from blueprints.registry.widths import plain

T = TypeVar("T")
LIMITS = {"contact_name": 50, "chair": 50, "union_name": 120, "address": 200, "remark": 500}


@dataclass(slots=True)
class Record:
    """What one row says. None: it does not say; the register then keeps what it has."""

    name: str
    credit_code: str | None = None
    former_names: tuple[str, ...] = ()
    area: str | None = None
    locality: str | None = None
    industries: tuple[str, ...] = ()
    ownership: str | None = None
    headcount: int | None = None
    women: int | None = None
    frontline: int | None = None
    unionised: bool | None = None
    union_name: str | None = None
    chair: str | None = None
    contact_name: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    contract: bool | None = None
    contract_until: date | None = None
    remark: str | None = None


class RowReader:
    """Reads rows of one ledger, whose columns and city are known."""

    def __init__(self, mapping: Columns, city: City) -> None:
        self.mapping = mapping
        self.city = city
        self._areas: dict[str, tuple[str | None, str]] = {}
        self._findings: list[Finding] = []
        self._cells: Sequence[str] = ()

    def read(self, cells: Sequence[str]) -> tuple[Record | None, list[Finding]]:
        """The record, and what was found; no record where a finding rejects the row."""
        self._cells, self._findings = cells, []
        name, formers = self._name()
        code = self._code()
        if any(finding.rejects for finding in self._findings):
            return None, self._findings
        record = Record(name, code, formers)
        self._place(record)
        self._people(record)
        self._union(record)
        self._reach(record)
        self._contract(record)
        return record, self._findings

    def _cell(self, field: str) -> str:
        """The text of a field; nothing where the cell says 无, — and the like."""
        text = at(self._cells, self.mapping.get(field))
        if not text:
            return ""
        text = plain(text)
        return "" if values.is_nothing(text) else text

    def _find(self, field: str, code: str, value: str = "", **args: object) -> None:
        self._findings.append(Finding(field, value, code, args))

    def _read(self, field: str, reader: Callable[[str], T | None], fault: str) -> T | None:
        """A field through its reader; a cell that it cannot read is said and left out."""
        text = self._cell(field)
        if not text:
            return None
        found = reader(text)
        if found is None:
            self._find(field, fault, text)
        return found

    def _short(self, field: str) -> str | None:
        text = self._cell(field)
        limit = LIMITS[field]
        if len(text) > limit:
            self._find(field, "value_too_long", text[:60] + "…", count=limit)
        return text[:limit] or None

    def _name(self) -> tuple[str, tuple[str, ...]]:
        written = at(self._cells, self.mapping["name"])
        name, formers = read_name(written)
        if not name or values.is_nothing(name):
            self._find("name", "name_missing", written)
        elif name[0] in "=+@" or (name[0] == "-" and len(name) > 1):
            self._find("name", "name_is_formula", written)
        elif len(name) > 100:
            self._find("name", "name_too_long", written)
        elif sum(character.isalpha() for character in name) < 2:
            self._find("name", "name_unusable", written)
        extra = self._cell("former_name")
        return name, (*formers, shown(extra)) if extra else formers

    def _code(self) -> str | None:
        written = self._cell("credit_code")
        code = read_code(written) if written else ""
        if not code:
            self._find("credit_code", "code_missing")
            return None
        if fault := fault_in_code(code):
            self._find("credit_code", fault, written)
        return code

    def _place(self, record: Record) -> None:
        text = self._cell("area")
        if text not in self._areas:
            found = self.city.find(text) if text else None
            self._areas[text] = (found[0].code, found[1]) if found else (None, "")
        record.area, locality = self._areas[text]
        record.locality = locality or None
        if record.area is None:
            if text:
                self._find("area", "area_unknown", text)
            registered = areas_by_code().get((record.credit_code or "")[2:8])
            if registered in self.city.areas:
                record.area = registered.code
                self._find("area", "area_from_code", text, area=registered.name.zh)
        record.industries = self._read("industry", _industries, "industry_unknown") or ()
        record.ownership = self._read("ownership", find_ownership, "ownership_unknown")

    def _people(self, record: Record) -> None:
        for field in ("headcount", "women", "frontline"):
            read = self._read(field, values.read_count, "count_unreadable")
            if read is None:
                continue
            count, approximate = read
            if approximate:
                self._find(field, "count_approximate", self._cell(field), count=count)
            total = record.headcount
            if field != "headcount" and total is not None and count > total:
                self._find(field, "part_over_total", self._cell(field), total=total)
            else:
                setattr(record, field, count)

    def _union(self, record: Record) -> None:
        record.unionised = self._yes_no("unionised")
        record.union_name = self._short("union_name")
        record.chair = self._short("chair")
        if record.union_name:
            record.union_name = shown(record.union_name)
            if record.unionised is None:
                record.unionised = True
            elif not record.unionised:
                self._find("union_name", "union_without_yes", record.union_name)
        if not record.unionised:
            record.union_name = record.chair = None

    def _reach(self, record: Record) -> None:
        record.contact_name = self._short("contact_name")
        record.phone = self._read("phone", values.read_phone, "phone_invalid")
        record.address = self._short("address")
        record.remark = self._short("remark")
        written = self._cell("email")
        if written:
            record.email = values.read_email(written)
            if record.email is None:
                phone = values.read_phone(written) is not None
                self._find("email", "email_is_phone" if phone else "email_invalid", written)

    def _contract(self, record: Record) -> None:
        """What the ledger claims; never counted as a contract."""
        record.contract = self._yes_no("contract")
        written = self._cell("contract_until")
        if not written:
            return
        if values.is_open_ended(written):
            self._find("contract_until", "date_open_ended", written)
            return
        until = values.read_day(written, end=True)
        if until is None:
            self._find("contract_until", "date_unreadable", written)
        elif record.contract is False:
            self._find("contract_until", "date_without_contract", written)
        else:
            record.contract_until = until
            record.contract = True

    def _yes_no(self, field: str) -> bool | None:
        """“无” and “—” mean no here, not nothing."""
        text = plain(at(self._cells, self.mapping.get(field)))
        if not text:
            return None
        found = values.read_yes_no(text)
        if found is None:
            self._find(field, "yes_no_unreadable", text)
        return found


def _industries(text: str) -> tuple[str, ...] | None:
    return industries.find(text) or None
