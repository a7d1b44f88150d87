"""The federation's own measure on exposure (本会办法): terms, channels, media list, who is told.

No statute gives a union the power to publish; what a federation does rests on a measure of its
own. What is set here can lengthen what the enterprise is given and shorten how long an announcement
stands or an objection waits, never the other way round (`periods` decides).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tenants import trail
from tenants.db import db
from tenants.federation import this_federation
from tenants.models import Tenant
from tenants.scope import current_tenant_id

PART = "exposure"
CHANNELS = ("circular", "union_site", "media")
TERMS = (
    "reminder.new_term_days",
    "supervision.opinion_reply_days",
    "supervision.authority_decides_days",
    "exposure.right_of_reply_days",
    "exposure.objection_decide_days",
)


@dataclass(frozen=True)
class Outlet:
    """A newspaper or station, and where it takes announcements."""

    name: str
    address: str


@dataclass(frozen=True)
class Measure:
    """What stands in the settings; None where the federation has said nothing."""

    title: str | None
    document_no: str | None
    max_days: int | None
    terms: Mapping[str, int]
    highest_channel: str
    media: Sequence[Outlet]
    tell_partners: bool


def kept() -> Measure:
    """The measure as it stands now."""
    said: dict[str, Any] = this_federation().settings.get(PART, {})
    return Measure(
        title=said.get("measure") or None,
        document_no=said.get("measure_no") or None,
        max_days=said.get("exposure.max_days"),
        terms={key: int(said[key]) for key in TERMS if said.get(key)},
        highest_channel=said.get("highest_channel") or CHANNELS[-1],
        media=[Outlet(one["name"], one["address"]) for one in said.get("media", [])],
        tell_partners=bool(said.get("tell_partners", True)),
    )


def allowed_channels() -> tuple[str, ...]:
    """The channels that may be proposed, in rising order; the media only where some are named."""
    measure = kept()
    highest = CHANNELS.index(measure.highest_channel)
    allowed = CHANNELS[: highest + 1]
    return allowed if measure.media else tuple(name for name in allowed if name != "media")


def change(said: Mapping[str, Any]) -> bool:
    """Take over what the form says; False where nothing differs. Cases on file keep their terms."""
    tenant = db.session.scalars(
        select(Tenant).where(Tenant.id == current_tenant_id()).with_for_update(),
        execution_options={"populate_existing": True},
    ).one()
    before = tenant.settings.get(PART, {})
    after = {**before, **{name: value for name, value in said.items() if value is not None}}
    for name, value in said.items():
        if value is None:
            after.pop(name, None)
    changed = {
        name: [before.get(name), after.get(name)]
        for name in {*before, *after}
        if before.get(name) != after.get(name)
    }
    if not changed:
        return False
    tenant.settings = {**tenant.settings, PART: after}
    trail.record("exposure.measure_changed", ("tenant", tenant.id), changed=changed)
    return True
