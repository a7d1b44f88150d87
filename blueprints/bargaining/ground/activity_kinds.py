"""The kinds of activity beside the table: those that come with the product, and a federation's own.

What they are called differs from place to place, and so does what is meant (双见双谈). A federation
renames ours, says what it means by them, and adds its own; what was recorded keeps its key.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from blueprints.bargaining.ground.activity_models import ActivityKind
from blueprints.shared.read_once import read_once
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db
from tenants.federation import this_federation

OURS: Mapping[str, tuple[Text, Text]] = {
    "worker_hearing": (
        Text("职工听证", "Worker hearing"),
        Text(
            "请有关人员到会说明情况，职工提问、发表意见。",
            "Those concerned explain the facts; workers ask and say what they think.",
        ),
    ),
    "delegates_inquiry": (
        Text("质询会", "Delegates' inquiry"),
        Text(
            "职工代表向企业管理方质询，当场答复。",
            "Delegates question management and are answered.",
        ),
    ),
    "double_meeting": (
        Text("双见双谈", "Double meeting"),
        Text(
            "分别与职工、企业见面，分别谈话。", "Meeting workers and employer, talking with both."
        ),
    ),
    "tripartite_interview": (
        Text("三方约谈", "Tripartite interview"),
        Text(
            "劳动行政部门、工会、企业代表组织共同约谈。",
            "Labour authority, union and employers' body speak with an employer together.",
        ),
    ),
    "case_clinic": (
        Text("案例分析会", "Case clinic"),
        Text(
            "就难点案例请专家、指导员会商。",
            "Experts and supervisors go through a hard point together.",
        ),
    ),
}
_KEY = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Kind:
    """A kind as this federation calls it. `ours` came with the product and cannot be removed."""

    key: str
    name: Text
    about: Text
    ours: bool
    retired: bool = False


def kinds(*, every: bool = False) -> list[Kind]:
    """What may be chosen, in order; with `every`, the retired ones too."""
    own = {
        row.key: row for row in db.session.scalars(select(ActivityKind).order_by(ActivityKind.id))
    }
    found = [_kind(key, own.pop(key, None)) for key in OURS]
    found += [_kind(key, row) for key, row in own.items()]
    return [kind for kind in found if every or not kind.retired]


@read_once
def kind_names() -> dict[str, Text]:
    """What each kind is called, retired ones too: what was recorded is still shown."""
    return {kind.key: kind.name for kind in kinds(every=True)}


def call_it(key: str, name: Text, about: Text) -> None:
    """Rename a kind, or say otherwise what it means."""
    row = db.session.scalar(select(ActivityKind).where(ActivityKind.key == key))
    before = row.name_zh if row else OURS[key][0].zh
    if row is None:
        row = ActivityKind(key=key)
        db.session.add(row)
    row.name_zh, row.name_en, row.about_zh, row.about_en = name.zh, name.en, about.zh, about.en
    db.session.flush()
    trail.record(
        "activity_kind.named", ("tenant", this_federation().id), changed={"name": (before, name.zh)}
    )


def add(name: Text, about: Text) -> ActivityKind:
    """A kind of the federation's own."""
    taken = {kind.key for kind in kinds(every=True)}
    stem = f"own_{_KEY.sub('_', name.en.lower()).strip('_') or 'kind'}"[:40]
    key = next(k for k in (stem, *(f"{stem}_{n}" for n in range(2, 1000))) if k not in taken)
    row = ActivityKind(
        key=key, name_zh=name.zh, name_en=name.en, about_zh=about.zh, about_en=about.en
    )
    db.session.add(row)
    db.session.flush()
    trail.record("activity_kind.added", ("tenant", this_federation().id), name=name.zh)
    return row


def retire(key: str, *, retired: bool) -> None:
    """Take a kind out of the choice, or put it back."""
    kind = next(one for one in kinds(every=True) if one.key == key)
    row = db.session.scalar(select(ActivityKind).where(ActivityKind.key == key))
    if row is None:
        row = ActivityKind(
            key=key, name_zh=kind.name.zh, name_en=kind.name.en, about_zh=kind.about.zh,
            about_en=kind.about.en,
        )  # fmt: skip
        db.session.add(row)
    row.retired_at = now() if retired else None
    db.session.flush()
    verb = "activity_kind.retired" if retired else "activity_kind.restored"
    trail.record_many(verb, [(("tenant", this_federation().id), {"name": kind.name.zh})])


def _kind(key: str, row: ActivityKind | None) -> Kind:
    if row is None:
        name, about = OURS[key]
        return Kind(key, name, about, ours=True)
    return Kind(
        key,
        Text(row.name_zh, row.name_en or row.name_zh),
        Text(row.about_zh, row.about_en or row.about_zh),
        ours=key in OURS,
        retired=row.retired_at is not None,
    )
