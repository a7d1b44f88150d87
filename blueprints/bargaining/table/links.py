"""Links of one's own: to a meeting and its minutes, to sign the contract, to accede to it."""

import secrets

from flask import current_app
from sqlalchemy import select

from blueprints.bargaining.ground.models import BargainingCase, CaseState
from blueprints.bargaining.ground.queries import FRESH
from blueprints.bargaining.ground.signature_models import LinkPurpose, SigningLink
from tenants.clock import now
from tenants.db import db
from tenants.federation import this_federation


def link_for(
    case: BargainingCase,
    purpose: LinkPurpose,
    *,
    meeting_id: int | None = None,
    signing_id: int | None = None,
    representative_id: int | None = None,
    enterprise_id: int | None = None,
) -> SigningLink:
    """The link that works for this person and purpose, found or made."""
    known = {
        "case_id": case.id,
        "purpose": purpose,
        "meeting_id": meeting_id,
        "signing_id": signing_id,
        "representative_id": representative_id,
        "enterprise_id": enterprise_id,
    }
    query = select(SigningLink).where(
        SigningLink.revoked_at.is_(None),
        *(getattr(SigningLink, name).is_not_distinct_from(value) for name, value in known.items()),
    )
    if (found := db.session.scalar(query)) is not None:
        return found
    made = SigningLink(**known, token=secrets.token_hex(20))
    db.session.add(made)
    db.session.flush()
    return made


def renew(link: SigningLink, case: BargainingCase) -> SigningLink:
    """The old link answers nobody from now on."""
    link.revoked_at = now()
    db.session.flush()
    return link_for(
        case, LinkPurpose(link.purpose), meeting_id=link.meeting_id, signing_id=link.signing_id,
        representative_id=link.representative_id, enterprise_id=link.enterprise_id,
    )  # fmt: skip


def behind(token: str, *, lock: bool = False) -> tuple[SigningLink, BargainingCase] | None:
    """What a link leads to; None for one that is unknown, revoked, or whose case is over."""
    query = select(SigningLink).where(SigningLink.token == token, SigningLink.revoked_at.is_(None))
    link = db.session.scalar(query)
    if link is None:
        return None
    cases = select(BargainingCase).where(
        BargainingCase.id == link.case_id, BargainingCase.state != CaseState.LAPSED
    )
    case = db.session.scalar(
        cases.with_for_update() if lock else cases, execution_options=FRESH if lock else {}
    )
    return None if case is None else (link, case)


def address(link: SigningLink) -> str:
    """The link as it stands in a mail or a QR code."""
    return f"{current_app.config['BASE_URL']}/{this_federation().slug}/sign/{link.token}"
