"""Founding unions, linking enterprises to them, closing them; employers' associations."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from blueprints.registry.actions import index, reindex_members
from blueprints.registry.areas import city_of
from blueprints.registry.kinds import Level, Standing
from blueprints.registry.models import EmployerAssociation, Enterprise, TradeUnion
from blueprints.registry.names import person_syllables, search_key, syllables
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.db import db
from tenants.models import Tenant
from tenants.scope import current_tenant_id

UNION_FACTS = (
    "name", "level", "parent_id", "area", "industry", "standing", "chair", "chair_since",
    "contact_name", "phone", "email", "address",
)  # fmt: skip
ASSOCIATION_FACTS = (
    "name", "kind", "area", "industry", "head", "contact_name", "phone", "email", "address",
)  # fmt: skip


def found_union(facts: Mapping[str, Any], *, record: bool = True) -> TradeUnion:
    """Put a union on the register."""
    union = TradeUnion(**{key: facts.get(key) for key in UNION_FACTS if facts.get(key) is not None})
    index_union(union)
    db.session.add(union)
    db.session.flush()
    if record:
        trail.record("union.registered", union, name=union.name, level=union.level)
    return union


def correct_union(union: TradeUnion, facts: Mapping[str, Any]) -> bool:
    """Change what differs. Raises RuleBroken where a union would stand above itself."""
    if facts.get("parent_id") is not None:
        refuse_circle(union, facts["parent_id"])
    changes = {}
    for key in UNION_FACTS:
        if key in facts and (new := facts[key]) != (old := getattr(union, key)):
            changes[key] = [str(old or ""), str(new or "")]
            setattr(union, key, new)
    if not changes:
        return False
    index_union(union)
    db.session.flush()
    if "chair" in changes:
        reindex_members(union)
    trail.record("union.corrected", union, changes=changes)
    return True


def refuse_circle(union: TradeUnion, parent_id: int) -> None:
    seen = {union.id}
    above: int | None = parent_id
    while above is not None:
        if above in seen:
            raise RuleBroken(
                Text("上级工会不能是本工会或者其下级", "A union cannot stand below itself")
            )
        seen.add(above)
        above = db.session.scalar(select(TradeUnion.parent_id).where(TradeUnion.id == above))


def dissolve_union(union: TradeUnion) -> None:
    """Close a union. Its enterprises are without one from now on."""
    if union.level == Level.CITY:
        raise RuleBroken(Text("市总工会不能撤销", "The federation itself cannot be closed"))
    members = list(db.session.scalars(select(Enterprise).where(Enterprise.union_id == union.id)))
    for enterprise in members:
        link_union(enterprise, None)
    db.session.execute(
        update(TradeUnion).where(TradeUnion.parent_id == union.id).values(parent_id=union.parent_id)
    )
    union.status = "dissolved"
    trail.record("union.dissolved", union, enterprises=[e.id for e in members])


def link_union(enterprise: Enterprise, union: TradeUnion | None) -> None:
    """Say which union stands for the enterprise's workers; None: none does."""
    if union is not None and union.standing == Standing.NONE:
        raise RuleBroken(Text("该工会尚未建立", "That union does not exist yet"))
    before, enterprise.union_id = enterprise.union_id, union.id if union else None
    if before == enterprise.union_id:
        return
    db.session.flush()
    index(enterprise)
    trail.record("enterprise.union_linked", enterprise, before=before, after=enterprise.union_id)


def set_own_union(enterprise: Enterprise, facts: Mapping[str, Any] | None) -> None:
    """Give the enterprise a union of its own, correct it, or say that there is none."""
    query = select(TradeUnion).where(TradeUnion.id == (enterprise.union_id or 0))
    own = db.session.scalar(query.where(TradeUnion.level == Level.ENTERPRISE))
    if facts is None:
        if own is not None:
            dissolve_union(own)
        else:
            link_union(enterprise, None)
    elif own is not None:
        correct_union(own, facts)
    else:
        above = select(TradeUnion.id).where(
            TradeUnion.level == Level.COUNTY, TradeUnion.area == enterprise.area
        )
        parent = db.session.scalar(above.order_by(TradeUnion.id).limit(1))
        level = {"level": Level.ENTERPRISE, "parent_id": parent}
        link_union(enterprise, found_union({**facts, **level}))


def found_area_unions() -> dict[str, int]:
    """The federation itself and the unions of its counties, where they are not there yet.

    Returns the ids by division code. Safe to call again: it adds only what is missing.
    """
    tenant = db.session.get_one(Tenant, current_tenant_id())
    city = city_of(tenant.division)
    query = select(TradeUnion.area, TradeUnion.id).where(
        TradeUnion.level.in_((Level.CITY, Level.COUNTY)), TradeUnion.area.is_not(None)
    )
    known: dict[str | None, int] = dict(db.session.execute(query).all())
    if city.code not in known:
        known[city.code] = found_union(
            {"name": tenant.name, "level": Level.CITY, "area": city.code}
        ).id
    for area in city.areas:
        if area.code not in known:
            known[area.code] = found_union(
                {
                    "name": f"{area.name.zh}总工会",
                    "level": Level.COUNTY,
                    "area": area.code,
                    "parent_id": known[city.code],
                }
            ).id
    return {code: ident for code, ident in known.items() if code}


def register_association(facts: Mapping[str, Any]) -> EmployerAssociation:
    association = EmployerAssociation(**{key: facts.get(key) for key in ASSOCIATION_FACTS})
    _index_association(association)
    db.session.add(association)
    db.session.flush()
    trail.record("association.registered", association, name=association.name)
    return association


def correct_association(association: EmployerAssociation, facts: Mapping[str, Any]) -> bool:
    changes = {}
    for key in ASSOCIATION_FACTS:
        if key in facts and (new := facts[key]) != (old := getattr(association, key)):
            changes[key] = [old, new]
            setattr(association, key, new)
    if changes:
        _index_association(association)
        trail.record("association.corrected", association, changes=changes)
    return bool(changes)


def index_union(union: TradeUnion) -> None:
    """Bring the keys it is sorted and searched by up to date."""
    union.sort_key, union.search_key = union_keys(union.name, union.chair)


def union_keys(name: str, chair: str | None) -> tuple[str, str]:
    read = syllables(name)
    people = (chair, "".join(s[0] for s in person_syllables(chair))) if chair else ()
    return " ".join(read), search_key(name, read, *people)


def _index_association(association: EmployerAssociation) -> None:
    association.sort_key, association.search_key = union_keys(association.name, association.head)
