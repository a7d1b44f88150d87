"""What the page for workers shows: their figures, the rest of the clauses, and how it was made."""

from typing import Any

from sqlalchemy import select

from blueprints.contracts.ground import queries
from blueprints.contracts.ground.labels import BASES, state_label
from blueprints.contracts.ground.membership_models import Membership, MembershipState
from blueprints.contracts.ground.models import IN_FORCE, Contract, Reach
from blueprints.contracts.papers import letters
from blueprints.contracts.papers.summary import bare, compared, words_of
from blueprints.registry.models import Enterprise
from rules.clauses import Measure
from tenants.clock import today
from tenants.db import db
from tenants.federation import this_federation

MOST = 20  # names that a search shows


def page_of(contract: Contract, asked: str) -> dict[str, Any]:
    """`asked` is the name of a firm somebody looks for; nothing is shown of its workers."""
    rows = queries.clauses(contract)
    pay = [one for one in rows if one.measure == Measure.PAY and one.amount is not None]
    rest = [one for one in rows if one not in pay]
    earlier = queries.get_contract(contract.supersedes_id) if contract.supersedes_id else None
    firms, workers = queries.bound_counts([contract.id], today()).get(contract.id, (0, 0))
    filings = queries.filings_of(contract.id)
    contact = this_federation().settings.get("contact", {})
    return {
        "contract": contract,
        "holds": contract.state in IN_FORCE and bool(contract.term_to) and running(contract),
        "state": state_label(contract.state),
        "side": letters.side_words(contract),
        "scope": letters.scope_words(contract),
        "pay": pay,
        "rest": [(words_of(one), bare(one.number)) for one in rest],
        "change": compared(rows, queries.clauses(earlier)) if earlier else None,
        "firms": firms,
        "workers": workers,
        "asked": asked,
        "found": found(contract, asked) if asked else [],
        "many": contract.level != Reach.ENTERPRISE,
        "filing": filings[0] if filings else None,
        "basis": BASES[contract.effective_basis] if contract.effective_basis else None,
        "phone": contact.get("hotline") or letters.HOTLINE,
    }


def running(contract: Contract) -> bool:
    day = today()
    return bool(
        contract.effective_on and contract.term_to and contract.effective_on <= day
        and contract.term_to >= day
    )  # fmt: skip


def found(contract: Contract, asked: str) -> list[str]:
    """The enterprises bound whose name holds what was typed."""
    query = (
        select(Enterprise.name)
        .join(Membership, Membership.enterprise_id == Enterprise.id)
        .where(
            Membership.contract_id == contract.id,
            Membership.state == MembershipState.ACTIVE,
            Enterprise.name.icontains(asked, autoescape=True),
        )
        .order_by(Enterprise.sort_key, Enterprise.id)
        .limit(MOST)
    )
    return list(db.session.scalars(query))
