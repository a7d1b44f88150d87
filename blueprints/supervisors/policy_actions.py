"""Setting how a federation weighs cases and wishes. Views commit."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from blueprints.supervisors.plan_models import AssigningPolicy
from rules.assigning.weighing import Policy
from tenants import trail
from tenants.db import db


def set_policy(values: Mapping[str, Any]) -> AssigningPolicy:
    """Keep the weights; the trail keeps what they were."""
    row = db.session.scalar(select(AssigningPolicy).with_for_update())
    if row is None:
        row = AssigningPolicy(values={})
        db.session.add(row)
    before = Policy.from_json(row.values or {}).to_json()
    after = Policy.from_json(values).to_json()
    row.values = after
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    trail.record("policy.set", row, changed=changed)
    return row


def policy_id() -> int:
    """The id of the one row; 0 while the shipped values hold."""
    return int(db.session.scalar(select(AssigningPolicy.id)) or 0)
