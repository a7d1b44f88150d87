"""Making one enterprise of two: what the double knows moves to the one that stays."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update

from blueprints.registry.actions import bore_name, index
from blueprints.registry.contributions import tell_merged
from blueprints.registry.import_models import ImportRow
from blueprints.registry.kinds import Status
from blueprints.registry.models import Enterprise, EnterpriseName, Headcount
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.db import db

FILLED = (
    "credit_code", "area", "locality", "address", "ownership", "headcount", "women", "frontline",
    "counted_on", "union_id", "contact_name", "contact_title", "phone", "email",
    "contract_claimed", "contract_claimed_until", "remark",
)  # fmt: skip
COUNTS = ("headcount", "women", "frontline", "counted_on")


@dataclass(frozen=True)
class Difference:
    """One fact in which the two differ, and whether it will be filled in from the double."""

    field: str
    kept: object
    double: object
    filled: bool


def differences(kept: Enterprise, double: Enterprise) -> list[Difference]:
    """What the page shows before a merge: nothing that the kept one says is overwritten."""
    found = []
    for field in ("name", *FILLED):
        mine, other = getattr(kept, field), getattr(double, field)
        if other not in {None, ""} and mine != other:
            found.append(Difference(field, mine, other, mine in {None, ""}))
    return found


def merge_enterprises(kept: Enterprise, double: Enterprise) -> None:
    """Move all that hangs on the double to the kept one; the double stays as a pointer."""
    if kept.id == double.id:
        raise RuleBroken(Text("不能与自身合并", "An enterprise cannot be merged with itself"))
    if Status.MERGED in {kept.status, double.status}:
        raise RuleBroken(Text("其中一家已经并入他处", "One of them has been merged already"))
    filled = {d.field: d.double for d in differences(kept, double) if d.filled}
    if kept.headcount is not None:
        filled = {field: value for field, value in filled.items() if field not in COUNTS}
    double.status, double.merged_into_id = Status.MERGED, kept.id
    db.session.flush()  # the double lets go of its credit code before the kept one takes it
    for field, value in filled.items():
        setattr(kept, field, value)
    kept.industries = list(dict.fromkeys([*kept.industries, *double.industries]))
    kept.industry = next(iter(kept.industries), None)
    db.session.flush()
    _move_facts(kept, double)
    index(kept)
    tell_merged(kept.id, double.id)
    plain = {key: str(value) for key, value in filled.items()}
    trail.record("enterprise.merged", kept, double=double.id, name=double.name, filled=plain)
    trail.record("enterprise.merged_away", double, into=kept.id)


def _move_facts(kept: Enterprise, double: Enterprise) -> None:
    if double.name != kept.name:
        bore_name(kept, double.name)
    names = select(EnterpriseName.name, EnterpriseName.until_on).where(
        EnterpriseName.enterprise_id == double.id
    )
    for name, until in db.session.execute(names).all():
        if name != kept.name:
            bore_name(kept, name, until=until)
    db.session.execute(delete(EnterpriseName).where(EnterpriseName.enterprise_id == double.id))
    taken = select(Headcount.counted_on).where(Headcount.enterprise_id == kept.id)
    db.session.execute(
        update(Headcount)
        .where(Headcount.enterprise_id == double.id, Headcount.counted_on.not_in(taken))
        .values(enterprise_id=kept.id)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        update(ImportRow)
        .where(ImportRow.enterprise_id == double.id)
        .values(enterprise_id=kept.id)
        .execution_options(synchronize_session=False)
    )
