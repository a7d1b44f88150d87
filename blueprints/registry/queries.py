"""Enterprises found: by id, by what is typed, by filters; with totals and in leaves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, any_, func, or_, select

from blueprints.registry.kinds import Size, Standing, Status
from blueprints.registry.models import Enterprise, EnterpriseName, Headcount, TradeUnion
from blueprints.registry.names import needles
from blueprints.registry.policy import within_reach
from blueprints.shared.guards import Viewer
from blueprints.shared.paging import Key, Page, leaf
from tenants.db import db
from tenants.roles import May
from tenants.scope import current_tenant_id

STANDING = func.coalesce(TradeUnion.standing, Standing.NONE.value)
RENEWAL_DAYS = 90
SORTS: dict[str, tuple[Key, ...]] = {
    "name": (Key(Enterprise.sort_key), Key(Enterprise.id)),
    "headcount": (Key(func.coalesce(Enterprise.headcount, -1)), Key(Enterprise.id)),
    "updated": (Key(Enterprise.updated_at), Key(Enterprise.id)),
}
LIST = (
    Enterprise.id,
    Enterprise.name,
    Enterprise.credit_code,
    Enterprise.area,
    Enterprise.industry,
    Enterprise.headcount,
    Enterprise.email,
    Enterprise.status,
    Enterprise.contract_claimed,
    Enterprise.contract_claimed_until,
    STANDING.label("standing"),
)


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to. Empty strings narrow nothing; `industry` may hold several."""

    q: str = ""
    area: str = ""
    industry: tuple[str, ...] = ()
    size: str = ""
    standing: str = ""
    email: str = ""  # yes · no
    contract: str = ""  # valid · renewal · expired · none
    code: str = ""  # missing
    status: str = Status.ACTIVE
    sort: str = "name"

    @classmethod
    def from_args(cls, args: Any) -> "Wanted":
        """Out of an address. What is not a choice is taken for none."""
        plain = {f.name: args.get(f.name, "").strip() for f in fields(cls) if f.name != "industry"}
        known = {key: value for key, value in plain.items() if value}
        trades = tuple(dict.fromkeys(code for code in args.getlist("industry") if code))
        wanted = cls(**known, industry=trades)
        return wanted if wanted.sort.removeprefix("-") in SORTS else replace(wanted, sort="name")

    def narrowed(self) -> bool:
        return replace(self, sort="name") != Wanted()


def visible_enterprises(viewer: Viewer) -> Select[Enterprise]:
    """All that this person may see; doubles that were merged are not enterprises any more."""
    return select(Enterprise).where(
        Enterprise.status != Status.MERGED, within_reach(viewer, May.REGISTRY_READ)
    )


def get_enterprise(
    enterprise_id: int,
    viewer: Viewer,
    *,
    permission: May = May.REGISTRY_READ,
    lock: bool = False,
) -> Enterprise:
    """An enterprise within this person's reach, or 404. Lock it to change it."""
    query = select(Enterprise).where(
        Enterprise.id == enterprise_id, within_reach(viewer, permission)
    )
    found: Enterprise = db.one_or_404(query.with_for_update() if lock else query)
    return found


def found_by(text: str) -> ColumnElement[bool]:
    """The condition that what is typed occurs in name, initials, code, former names or chair."""
    return Enterprise.id.in_(
        select(func.find_enterprises(current_tenant_id(), patterns(text)).column_valued("found"))
    )


def patterns(text: str) -> list[str]:
    """What is typed, as patterns that must all match the search key."""
    escaped = (
        n.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for n in needles(text)
    )
    return [f"%{needle}%" for needle in escaped]


def conditions(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    """What `wanted` asks of Enterprise and its union (outer-joined)."""
    asked: list[ColumnElement[bool]] = []
    if needles(wanted.q):
        asked.append(found_by(wanted.q))
    if wanted.area:
        asked.append(Enterprise.area == wanted.area)
    if wanted.industry:
        asked.append(or_(*(in_industry(code) for code in wanted.industry)))
    if wanted.size:
        asked.append(of_size(wanted.size))
    if wanted.standing == "unionised":
        asked.append(Enterprise.union_id.is_not(None))
    elif wanted.standing:
        asked.append(STANDING == wanted.standing)  # noqa: SIM300
    if wanted.email:
        asked.append(has_email() if wanted.email == "yes" else ~has_email())
    if wanted.contract:
        asked.append(contract_claim(wanted.contract, today))
    if wanted.code == "missing":
        asked.append(Enterprise.credit_code.is_(None))
    asked.append(
        Enterprise.status != Status.MERGED
        if wanted.status == "all"
        else Enterprise.status == wanted.status
    )
    return asked


def in_industry(code: str) -> ColumnElement[bool]:
    """Enterprises of a division, as their main trade or another."""
    return any_(Enterprise.industries) == code


def of_size(size: str) -> ColumnElement[bool]:
    """By number of workers: one of Size, or a floor such as `25+`."""
    if size.endswith("+") and size[:-1].isdigit():
        return Enterprise.headcount >= int(size[:-1])
    if size not in set(Size) or size == Size.UNKNOWN:
        return Enterprise.headcount.is_(None)
    low, high = Size(size).bounds
    above = Enterprise.headcount >= low
    return above if high is None else and_(above, Enterprise.headcount <= high)


def has_email() -> ColumnElement[bool]:
    return Enterprise.email.is_not(None)


def contract_claim(state: str, today: date) -> ColumnElement[bool]:
    """What the ledger claims about a wage contract, on this day."""
    until, soon = Enterprise.contract_claimed_until, today + timedelta(days=RENEWAL_DAYS)
    signed = Enterprise.contract_claimed.is_(True)
    match state:
        case "valid":
            return and_(signed, or_(until.is_(None), until > soon))
        case "renewal":
            return and_(signed, until >= today, until <= soon)
        case "expired":
            return and_(signed, until < today)
        case _:
            return Enterprise.contract_claimed.is_not(True)


def narrowed(wanted: Wanted, viewer: Viewer, today: date) -> ColumnElement[bool]:
    return and_(within_reach(viewer, May.REGISTRY_READ), *conditions(wanted, today))


def listing(wanted: Wanted, viewer: Viewer, today: date, *, cursor: str | None = None) -> Page:
    """One leaf of the list."""
    query = select(*LIST).outerjoin(TradeUnion, TradeUnion.id == Enterprise.union_id)
    order = SORTS[wanted.sort.removeprefix("-")]
    if wanted.sort.startswith("-"):
        order = tuple(Key(key.column, descending=not key.descending) for key in order)
    return leaf(query.where(narrowed(wanted, viewer, today)), order, cursor=cursor)


def totals(wanted: Wanted, viewer: Viewer, today: date) -> Row[int, int | None, int]:
    """How many enterprises and workers the list holds, and how many of them have a union."""
    query = (
        select(
            func.count().label("enterprises"),
            func.coalesce(func.sum(Enterprise.headcount), 0).label("workers"),
            func.count(Enterprise.union_id).label("unionised"),
        )
        .select_from(Enterprise)
        .outerjoin(TradeUnion, TradeUnion.id == Enterprise.union_id)
    )
    return db.session.execute(query.where(narrowed(wanted, viewer, today))).one()


def area_counts(viewer: Viewer) -> dict[str | None, int]:
    """How many enterprises each area has, for the choices of the filter."""
    query = (
        select(Enterprise.area, func.count())
        .where(Enterprise.status == Status.ACTIVE, within_reach(viewer, May.REGISTRY_READ))
        .group_by(Enterprise.area)
    )
    return dict(db.session.execute(query).all())


def for_export(
    wanted: Wanted, viewer: Viewer, today: date, *, picked: Sequence[int] = ()
) -> Iterator[Any]:
    """Everything the list holds, or what was picked from it, a few hundred rows at a time."""
    query = (
        select(Enterprise, TradeUnion.name.label("union_name"), TradeUnion.chair)
        .with_only_columns(
            *(getattr(Enterprise, name) for name in EXPORTED),
            TradeUnion.name.label("union_name"),
            TradeUnion.chair.label("chair"),
        )
        .outerjoin(TradeUnion, TradeUnion.id == Enterprise.union_id)
        .where(narrowed(wanted, viewer, today))
        .order_by(*(key.column for key in SORTS["name"]))
        .execution_options(yield_per=500)
    )
    yield from db.session.execute(query.where(Enterprise.id.in_(picked)) if picked else query)


EXPORTED = (
    "name", "credit_code", "area", "locality", "industries", "ownership", "headcount", "women",
    "frontline", "union_id", "contact_name", "phone", "email", "address", "contract_claimed",
    "contract_claimed_until", "remark",
)  # fmt: skip


def former_names(enterprise_id: int) -> Sequence[EnterpriseName]:
    query = select(EnterpriseName).where(EnterpriseName.enterprise_id == enterprise_id)
    return db.session.scalars(query.order_by(EnterpriseName.id.desc())).all()


def headcounts(enterprise_id: int) -> Sequence[Headcount]:
    query = select(Headcount).where(Headcount.enterprise_id == enterprise_id)
    return db.session.scalars(query.order_by(Headcount.counted_on.desc())).all()


def namesakes(enterprise: Enterprise) -> Sequence[Enterprise]:
    """Other enterprises of the same name: perhaps doubles."""
    query = select(Enterprise).where(
        Enterprise.name_key == enterprise.name_key,
        Enterprise.id != enterprise.id,
        Enterprise.status != Status.MERGED,
    )
    return db.session.scalars(query.limit(10)).all()


def candidates(enterprise: Enterprise, asked: str, viewer: Viewer) -> Sequence[Enterprise]:
    """Which others might be its double: namesakes, or what is searched for."""
    if not needles(asked):
        return namesakes(enterprise)
    query = visible_enterprises(viewer).where(found_by(asked), Enterprise.id != enterprise.id)
    return db.session.scalars(query.order_by(Enterprise.sort_key).limit(20)).all()


def union_of(enterprise: Enterprise) -> TradeUnion | None:
    if enterprise.union_id is None:
        return None
    return db.session.scalar(select(TradeUnion).where(TradeUnion.id == enterprise.union_id))


def union_above(union: TradeUnion | None) -> TradeUnion | None:
    if union is None or union.parent_id is None:
        return None
    return db.session.scalar(select(TradeUnion).where(TradeUnion.id == union.parent_id))
