"""Moving a contract along its procedure (rules/machines/contract.toml), with the trail."""

from typing import Any

from sqlalchemy import func, literal_column, select

from blueprints.contracts.ground.models import Contract
from rules.procedure import advance
from tenants import trail
from tenants.clock import today
from tenants.db import db

MACHINE = "contract"
RECORDED = {  # what the trail calls each step once it is taken
    "pass": "contract.passed",
    "sign": "contract.signed",
    "file": "contract.filed",
    "object": "contract.objected",
    "bargain_again": "contract.reopened",
    "take_effect": "contract.took_effect",
    "publish": "contract.published",
    "amend": "contract.change_agreed",
    "keep": "contract.kept",
    "terminate": "contract.end_agreed",
    "end": "contract.ended",
    "expire": "contract.expired",
    "renew": "contract.replaced",
}


def move(contract: Contract, event: str, facts: dict[str, bool], **told: Any) -> None:
    """Take a step and say so in the trail; raises RuleBroken with the reason when it is closed."""
    before = contract.state
    contract.state = advance(MACHINE, before, event, facts)
    db.session.flush()
    trail.record(RECORDED[event], contract, **told)


def unmet(contract: Contract, on: Any = None) -> list[str]:
    """What a contract still lacks to be in force on a day, as the database itself says."""
    db.session.flush()
    row = select(func.contract_unmet(literal_column("contract"), on or today())).select_from(
        Contract
    )
    return list(db.session.scalar(row.where(Contract.id == contract.id)) or [])
