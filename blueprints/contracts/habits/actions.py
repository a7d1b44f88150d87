"""Changing the room's habits: one row of settings, a line in the trail, nobody overwritten."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from blueprints.contracts.habits.listed import HABITS
from blueprints.contracts.habits.values import PART, VERSION
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.db import db
from tenants.models import Tenant
from tenants.scope import current_tenant_id

STALE = Text(
    "刚有别人改过，请看过现在的设置再保存。",
    "Somebody else has just changed them; look at what holds now, then save again.",
)


def change(said: Mapping[str, Fraction | None], *, version: int) -> bool:
    """Set what the form says; None goes back to the default. False where nothing differs.

    What is on file keeps the points and days it was made with. Raises RuleBroken where somebody
    else has saved since `version` was read.
    """
    tenant = db.session.scalars(
        select(Tenant).where(Tenant.id == current_tenant_id()).with_for_update(),
        execution_options={"populate_existing": True},
    ).one()
    before: dict[str, Any] = tenant.settings.get(PART, {})
    if int(before.get(VERSION, 0)) != version:
        raise RuleBroken(STALE)
    after = {
        key: str(value)
        for key, value in said.items()
        if value is not None and value != HABITS[key].default
    }
    own = {key: value for key, value in before.items() if key != VERSION}
    if after == own:
        return False
    tenant.settings = {**tenant.settings, PART: {**after, VERSION: version + 1}}
    changed = [
        {"what": HABITS[key].label.to_json(), "from": plain(own.get(key), key),
         "to": plain(after.get(key), key)}
        for key in HABITS
        if own.get(key) != after.get(key)
    ]  # fmt: skip
    trail.record("habits.changed", ("tenant", tenant.id), habits=changed)
    return True


def plain(said: str | None, key: str) -> str:
    """A number as people write it: 0.25, not 1/4."""
    value = HABITS[key].default if said is None else Fraction(said)
    return f"{float(value):g}"
