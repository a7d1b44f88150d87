"""Registering enterprises, correcting them, naming them anew, counting their workers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from blueprints.registry.codes import REASONS, fault_in_code
from blueprints.registry.models import Enterprise, EnterpriseName, Headcount, TradeUnion
from blueprints.registry.names import name_key, search_key, syllables
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.db import db
from tenants.scope import area_scope, current_tenant_id

EDITABLE = (
    "credit_code", "area", "locality", "address", "industry", "industries", "ownership",
    "contact_name", "contact_title", "phone", "email", "contract_claimed",
    "contract_claimed_until", "remark", "status", "union_id",
)  # fmt: skip


def register_enterprise(facts: Mapping[str, Any], *, today: date) -> Enterprise:
    """Put an enterprise on the register. Raises RuleBroken where its code is wrong or taken."""
    check_code(facts.get("credit_code"))
    enterprise = Enterprise(
        name=facts["name"],
        name_key=name_key(facts["name"]),
        industries=list(facts.get("industries") or ()),
        **{key: facts.get(key) for key in EDITABLE if key not in {"industries", "status"}},
    )
    enterprise.industry = next(iter(enterprise.industries), None)
    index(enterprise)
    db.session.add(enterprise)
    db.session.flush()
    count_workers(enterprise, facts, on=facts.get("counted_on") or today, source="manual")
    index(enterprise)
    trail.record("enterprise.registered", enterprise, name=enterprise.name)
    return enterprise


def correct_enterprise(enterprise: Enterprise, facts: Mapping[str, Any], *, today: date) -> bool:
    """Change what differs. A new name leaves the old one among the former. False: no change."""
    check_code(facts.get("credit_code"), but=enterprise.id)
    changes: dict[str, Any] = {}
    name = facts.get("name", enterprise.name)
    if name != enterprise.name:
        changes["name"] = [enterprise.name, name]
        bore_name(enterprise, enterprise.name, until=today)
        enterprise.name, enterprise.name_key = name, name_key(name)
    for key in EDITABLE:
        if key in facts and (new := facts[key]) != (old := getattr(enterprise, key)):
            changes[key] = [_plain(old), _plain(new)]
            setattr(enterprise, key, new)
    enterprise.industry = next(iter(enterprise.industries), None)
    if count_workers(enterprise, facts, on=facts.get("counted_on") or today, source="manual"):
        changes["headcount"] = enterprise.headcount
    if not changes:
        return False
    db.session.flush()
    index(enterprise)
    trail.record("enterprise.corrected", enterprise, changes=changes)
    return True


ELSEWHERE = Text(
    "该统一社会信用代码已登记在其他区域的企业名下，请与市总工会核对",
    "This credit code is that of an enterprise in another area; ask the federation",
)


def check_code(code: str | None, *, but: int | None = None) -> None:
    """Refuse a code that is wrong, or that another enterprise of the register has."""
    if not code:
        return
    if fault := fault_in_code(code):
        raise RuleBroken(REASONS[fault], "GB 32100-2015")
    query = select(Enterprise.name).where(
        Enterprise.credit_code == code, Enterprise.status != "merged", Enterprise.id != (but or 0)
    )
    with area_scope(None):
        taken = db.session.scalar(query)
    if taken and not (owner := db.session.scalar(query)):
        raise RuleBroken(ELSEWHERE)
    if taken:
        raise RuleBroken(
            Text(
                f"该统一社会信用代码已登记在“{owner}”名下", f"This credit code is that of “{owner}”"
            )
        )


def bore_name(enterprise: Enterprise, name: str, *, until: date | None = None) -> None:
    """Keep a name that the enterprise had before."""
    row = {
        "tenant_id": current_tenant_id(),
        "enterprise_id": enterprise.id,
        "name": name,
        "until_on": until,
    }
    db.session.execute(insert(EnterpriseName).values(row).on_conflict_do_nothing())


def count_workers(
    enterprise: Enterprise, facts: Mapping[str, Any], *, on: date, source: str
) -> bool:
    """Keep a headcount of a day; the latest also on the enterprise. False: nothing new is said."""
    counts = {key: facts.get(key) for key in ("headcount", "women", "frontline")}
    known = {key: getattr(enterprise, key) for key in counts}
    if counts["headcount"] is None or (counts == known and enterprise.counted_on is not None):
        return False
    row = {
        "total": counts["headcount"],
        "women": counts["women"],
        "frontline": counts["frontline"],
        "dispatched": facts.get("dispatched"),
        "source": source,
    }
    key = {
        "tenant_id": current_tenant_id(),
        "enterprise_id": enterprise.id,
        "counted_on": on,
    }
    kept = insert(Headcount).values(**key, **row)
    db.session.execute(kept.on_conflict_do_update(index_elements=list(key), set_=row))
    if enterprise.counted_on is None or on >= enterprise.counted_on:
        for name, value in counts.items():
            setattr(enterprise, name, value)
        enterprise.counted_on = on
    return True


def index(enterprise: Enterprise) -> None:
    """Bring the keys it is sorted and searched by up to date with its names and its union."""
    formers: list[str] = []
    chair = None
    if enterprise.id is not None:
        query = select(EnterpriseName.name).where(EnterpriseName.enterprise_id == enterprise.id)
        formers = list(db.session.scalars(query))
        chair = db.session.scalar(
            select(TradeUnion.chair).where(TradeUnion.id == (enterprise.union_id or 0))
        )
    read = syllables(enterprise.name)
    enterprise.sort_key = " ".join(read)
    enterprise.search_key = search_key(
        enterprise.name, read, enterprise.credit_code or "", chair or "", *formers
    )


def reindex_members(union: TradeUnion) -> None:
    """After a union's chair changed, enterprises are found by the new one."""
    members = db.session.scalars(select(Enterprise).where(Enterprise.union_id == union.id))
    for enterprise in members:
        index(enterprise)


def members_of(union: TradeUnion) -> int:
    query = select(func.count()).select_from(Enterprise).where(Enterprise.union_id == union.id)
    return db.session.scalar(query) or 0


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
