"""The staging table of an import: filled by COPY, read by a handful of set-based statements."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from blueprints.registry.compare import Known, counts, union_name
from blueprints.registry.import_models import Outcome
from blueprints.registry.import_plan import Judged, Summary, as_json, judge, register_now
from blueprints.registry.ledgers import Ledger
from blueprints.registry.names import name_key, search_key, syllables
from blueprints.registry.rows import Record
from blueprints.registry.union_actions import union_keys
from tenants.db import db

STEP = 1000
COLUMNS = {
    "number": "bigint", "outcome": "text", "enterprise_id": "bigint", "union_id": "bigint",
    "union_new": "boolean", "union_changed": "boolean", "counts_changed": "boolean",
    "name": "text", "name_key": "text", "sort_key": "text", "search_key": "text",
    "credit_code": "text", "area": "text", "locality": "text", "address": "text",
    "industry": "text", "industries": "text[]", "ownership": "text", "headcount": "bigint",
    "women": "bigint", "frontline": "bigint", "contact_name": "text", "phone": "text",
    "email": "text", "contract_claimed": "boolean", "contract_claimed_until": "date",
    "remark": "text", "former_names": "text[]", "old_name": "text", "union_name": "text",
    "union_sort": "text", "union_search": "text", "chair": "text", "findings": "jsonb",
    "changes": "jsonb", "cells": "jsonb",
}  # fmt: skip
Progress = Callable[[int], None]
WRITTEN = (Outcome.NEW, Outcome.CHANGED)


def fill(ledger: Ledger, progress: Progress) -> Summary:
    """Judge every line of the ledger and stage what is to be written or reported."""
    summary = Summary(aside=ledger.aside)
    register = register_now()
    connection = db.session.connection().connection.driver_connection
    if connection is None:
        raise RuntimeError("The database connection is gone.")
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.import_stage")
        cursor.execute(f"CREATE TEMPORARY TABLE import_stage ({columns}) ON COMMIT DROP")
        with (
            _uncollected(),
            cursor.copy(f"COPY import_stage ({', '.join(COLUMNS)}) FROM STDIN") as copy,
        ):
            for judged in judge(ledger, register):
                summary.add(judged)
                if judged.outcome is not Outcome.UNCHANGED or judged.findings:
                    copy.write_row(staged(judged, ledger.mapping.get("name", 0)))
                if summary.rows % STEP == 0:
                    progress(summary.rows)
    progress(summary.rows)
    return summary


@contextmanager
def _uncollected() -> Iterator[None]:
    """Rows make no cycles; the collector would only walk the whole register again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def staged(judged: Judged, name_at: int) -> tuple[Any, ...]:
    """The line as a row of the staging table, with the values the register will have."""
    record, known, line = judged.line.record, judged.known, judged.line
    row: dict[str, Any] = {
        "number": line.number,
        "outcome": judged.outcome.value,
        "enterprise_id": known.id if known else None,
        "findings": as_json([finding.to_json() for finding in judged.findings]),
        "changes": as_json(judged.changes),
    }
    if record is None or judged.outcome is Outcome.REJECTED:
        row |= _rejected(judged, name_at)
    elif judged.outcome in WRITTEN:
        row |= _facts(record, known) | _union(record, known, judged) | _keys(record, known)
    else:
        row |= {"name": record.name, "credit_code": record.credit_code}
    return tuple(row.get(column) for column in COLUMNS)


def _rejected(judged: Judged, name_at: int) -> dict[str, Any]:
    cells, record = judged.line.cells, judged.line.record
    said = {finding.field: finding.value for finding in judged.findings}
    stands = cells[name_at] if name_at < len(cells) else ""
    name = record.name if record else said.get("name") or stands or next(filter(None, cells), "")
    code = record.credit_code if record else said.get("credit_code")
    return {"name": name.strip()[:200], "credit_code": code, "cells": as_json(cells)}


def _facts(record: Record, known: Known | None) -> dict[str, Any]:
    """What the row says, and where it is silent what the register has."""

    def either(fact: str, column: str = "") -> Any:
        said = getattr(record, fact)
        return getattr(known, column or fact) if said is None and known else said

    industries = list(record.industries) or (known.industries if known else [])
    headcount, women, frontline = counts(record, known)
    return {
        "name": record.name,
        "credit_code": either("credit_code"),
        "area": either("area"),
        "locality": either("locality"),
        "address": either("address"),
        "industry": industries[0] if industries else None,
        "industries": industries,
        "ownership": either("ownership"),
        "headcount": headcount,
        "women": women,
        "frontline": frontline,
        "counts_changed": record.headcount is not None
        and (
            known is None
            or (known.headcount, known.women, known.frontline) != (headcount, women, frontline)
        ),
        "contact_name": either("contact_name"),
        "phone": either("phone"),
        "email": either("email"),
        "contract_claimed": either("contract", "contract_claimed"),
        "contract_claimed_until": None
        if record.contract is False
        else either("contract_until", "contract_claimed_until"),
        "remark": either("remark"),
        "former_names": list(record.former_names),
        "old_name": known.name if known and known.name != record.name else None,
    }


def _union(record: Record, known: Known | None, judged: Judged) -> dict[str, Any]:
    if not record.unionised or (known and known.union_id and not known.union_own):
        return {"union_id": known.union_id if known else None}
    new = known is None or known.union_id is None
    name = union_name(record)
    if known and not new and not record.union_name:
        name = known.union_name or name
    chair = record.chair or (known.chair if known and not new else None)
    sort, search = union_keys(name, chair)
    return {
        "union_id": known.union_id if known else None,
        "union_new": new,
        "union_changed": not new and not {"union_name", "chair"}.isdisjoint(judged.changes),
        "union_name": name,
        "union_sort": sort,
        "union_search": search,
        "chair": chair,
    }


def _keys(record: Record, known: Known | None) -> dict[str, Any]:
    read = syllables(record.name)
    code = record.credit_code or (known.credit_code if known else None) or ""
    chair = record.chair or (known.chair if known else None) or ""
    formers = [*(known.former_names if known else ()), *record.former_names]
    if known and known.name != record.name:
        formers.append(known.name)
    return {
        "name_key": name_key(record.name),
        "sort_key": " ".join(read),
        "search_key": search_key(record.name, read, code, chair, *formers)[:800],
    }
