"""Everything the page of one acting authority shows, gathered in one place."""

from typing import Any

from flask import url_for
from sqlalchemy import select

from blueprints.contracts.acting import letters as acting_letters
from blueprints.contracts.acting.deeds import DEEDS
from blueprints.contracts.ground.acting_models import ActingAuthority, ActingMember, AuthorityState
from blueprints.contracts.ground.acting_words import (
    GROUNDS,
    MATTERS,
    MODES,
    PARTY_CHOICES,
    state_label,
    state_look,
)
from blueprints.contracts.ground.labels import LEVELS, NOT_YOURS
from blueprints.contracts.ground.models import Contract, Reach
from blueprints.notices.labels import notice_kind, notice_state
from blueprints.notices.models import Notice
from blueprints.registry.models import Enterprise
from blueprints.rulebook.queries import names_of
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.trail.words import history
from rules.acting import PATH, WEAKNESS
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

SHOWN = 50
WORDS: dict[str, Any] = {
    "state": state_label,
    "look": state_look,
    "grounds": GROUNDS,
    "modes": MODES,
    "matters": MATTERS,
    "parties": PARTY_CHOICES,
    "levels": LEVELS,
}
_ANOTHER = Text("由您提出的事项，须由他人办理。", "You proposed this, so another must do it.")
_NO_OBJECTION = Text("没有待答复的异议。", "There is no objection to answer.")
NAMES = {
    "request": Text("请示（委托书）", "Request of the lower union"),
    "decision": Text("决定书", "Decision"),
    "notice": Text("告知书", "Notice"),
    "joining": Text("派员通知书", "Notice of joining"),
    "hand-back": Text("交还书", "Hand-back"),
}


def authority_page(authority: ActingAuthority, viewer: Viewer) -> dict[str, Any]:
    opened, closed = acts_on(authority, viewer)
    return {
        "authority": authority,
        "words": WORDS,
        "weakness": WEAKNESS,
        "path": PATH if authority.level == Reach.ENTERPRISE else (),
        "firms": firms_of(authority),
        "contracts": contracts_of(authority),
        "people": names_of({authority.proposed_by_id, authority.approved_by_id or 0}),
        "letters": [(name, NAMES[name]) for name in acting_letters.letters_of(authority)],
        "link": acting_letters.principal_url(authority) if authority.token else "",
        "told": told(authority),
        "timeline": history(trail.of(authority)),
        "open_acts": opened,
        "closed_acts": closed,
        "notice_kind": notice_kind,
        "notice_state": notice_state,
        "overdue": authority.state == AuthorityState.ACTING and authority.handback_due_on < today(),
    }


def acts_on(
    authority: ActingAuthority, viewer: Viewer
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What this person can do with it now, and what not with the reason."""
    opened, closed = [], []
    for deed in DEEDS.values():
        if authority.state not in deed.states:
            continue
        why = None
        if not viewer.may(deed.permission):
            why = NOT_YOURS
        elif deed.permission is May.CONTRACTS_APPROVE and viewer.id == authority.proposed_by_id:
            why = _ANOTHER
        elif deed.name == "answer" and (
            authority.objected_at is None or authority.objection_answered_at is not None
        ):
            why = _NO_OBJECTION
        if why is not None:
            closed.append({"label": said(deed.label), "why": said(why)})
            continue
        address = f"acting.deed_{deed.name.replace('-', '_')}"
        opened.append(
            {
                "label": said(deed.label), "act": said(deed.label),
                "url": url_for(address, authority_id=authority.id), "why": said(deed.says),
                "main": deed.name == "approval", "grave": deed.grave,
            }
        )  # fmt: skip
    return opened, closed


def firms_of(authority: ActingAuthority) -> Any:
    query = (
        select(Enterprise.id, Enterprise.name, Enterprise.headcount)
        .join(ActingMember, ActingMember.enterprise_id == Enterprise.id)
        .where(ActingMember.authority_id == authority.id)
        .order_by(Enterprise.sort_key, Enterprise.id)
    )
    return db.session.execute(query.limit(SHOWN)).all()


def contracts_of(authority: ActingAuthority) -> Any:
    """What was signed under it: revoking it later undoes none of them."""
    query = select(Contract.id, Contract.name, Contract.signed_on, Contract.state).where(
        Contract.acting_authority_id == authority.id
    )
    return db.session.execute(query.order_by(Contract.id).limit(SHOWN)).all()


def told(authority: ActingAuthority) -> Any:
    query = select(Notice).where(
        Notice.subject_kind == "acting_authority", Notice.subject_id == authority.id
    )
    return db.session.scalars(query.order_by(Notice.id)).all()
