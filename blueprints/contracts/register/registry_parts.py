"""What the contracts say on the register: which bind an enterprise, since when, and merges."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select, true, update

from blueprints.contracts.ground.filing_models import Publication
from blueprints.contracts.ground.labels import MEMBER_BASES, acts_for
from blueprints.contracts.ground.labels import state_label as contract_state
from blueprints.contracts.ground.membership_models import LeavingReason, Membership, MembershipState
from blueprints.contracts.ground.membership_words import state_label, state_look
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.ground.queries import binding, in_force
from blueprints.registry.contributions import (
    Cell,
    Entry,
    Panel,
    column,
    events,
    panel,
    when_merged,
)
from blueprints.shared.guards import Viewer
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

SHOWN = 20
_ONE = (Contract.tenant_id == Membership.tenant_id) & (Contract.id == Membership.contract_id)


@column(40, _l("Contracts"))
def covered(ids: Sequence[int]) -> dict[int, Cell]:
    """How many contracts bind each enterprise of the page today, in one query."""
    query = (
        select(Membership.enterprise_id, func.count())
        .join(Contract, _ONE)
        .where(Membership.enterprise_id.in_(ids), *binding(today()), in_force(today()))
        .group_by(Membership.enterprise_id)
    )
    return {row[0]: Cell(_("%(n)s in force", n=row[1]), "ok") for row in db.session.execute(query)}


@panel(30)
def contracts_panel(enterprise_id: int, viewer: Viewer) -> Panel | None:
    """The contracts that bind it, or did."""
    if not viewer.may(May.CONTRACTS_READ):
        return None
    query = (
        select(
            Contract.id, Contract.name, Contract.document_no, Contract.state.label("stands"),
            Contract.term_to, Contract.acting_mode, Contract.on_behalf_of, Membership.state,
            Membership.basis, Membership.valid_from, Membership.valid_to,
        )
        .join(Contract, _ONE)
        .where(Membership.enterprise_id == enterprise_id)
        .order_by(Membership.id.desc())
        .limit(SHOWN)
    )  # fmt: skip
    return Panel(
        _("Collective contracts"),
        "contracts/_panel.html",
        {
            "rows": db.session.execute(query).all(),
            "enterprise_id": enterprise_id,
            "state": state_label,
            "look": state_look,
            "stands": contract_state,
            "bases": MEMBER_BASES,
            "acted": acts_for,
        },
    )


@events
def of_its_contracts(enterprise_id: int) -> Iterator[Entry]:
    """When each began to bind it, and when it ended."""
    query = (
        select(Contract.id, Contract.name, Membership.valid_from, Membership.valid_to)
        .join(Contract, _ONE)
        .where(Membership.enterprise_id == enterprise_id, Membership.valid_from.is_not(None))
    )
    for row in db.session.execute(query):
        links = [(row.name, url_for("contracts.show", contract_id=row.id))]
        yield Entry(row.valid_from, Text("开始受集体合同约束", "Bound by a contract"), links=links)
        if row.valid_to is not None:
            yield Entry(
                row.valid_to, Text("不再受集体合同约束", "No longer bound by a contract"),
                links=links,
            )  # fmt: skip


def follow_merge(kept_id: int, double_id: int) -> None:
    """Two records of one enterprise: what bound the double binds the one that is kept.

    Where both were on a contract's list the double leaves it, so that nobody counts twice.
    """
    both = select(Membership.contract_id).where(Membership.enterprise_id == kept_id)
    for row in db.session.scalars(
        select(Membership).where(
            Membership.enterprise_id == double_id,
            Membership.contract_id.in_(both),
            Membership.state != MembershipState.LEFT,
        )
    ).all():
        row.state, row.left_reason = MembershipState.LEFT, LeavingReason.MERGED
        if row.valid_from is not None:
            row.valid_to = max(today(), row.valid_from + timedelta(days=1))
    db.session.flush()
    for model in (Membership, Publication):
        alone = model.contract_id.not_in(both) if model is Membership else true()
        db.session.execute(
            update(model)
            .where(model.enterprise_id == double_id, alone)
            .values(enterprise_id=kept_id)
            .execution_options(synchronize_session=False)
        )
    db.session.execute(
        update(Contract)
        .where(Contract.enterprise_id == double_id)
        .values(enterprise_id=kept_id)
        .execution_options(synchronize_session=False)
    )


FOLLOWS = when_merged(follow_merge)
