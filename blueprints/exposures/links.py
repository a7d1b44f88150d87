"""The enterprise's own way to its case: an unguessable token, or the code printed on the notice."""

from flask import current_app
from sqlalchemy import select

from blueprints.exposures.models import Exposure, ExposureLink
from blueprints.exposures.queries import get_exposure
from blueprints.offers.ground.links import new_code, new_token, shown
from tenants import trail
from tenants.clock import now
from tenants.db import db
from tenants.federation import this_federation


def open_link(exposure_id: int) -> ExposureLink | None:
    """The link that works today."""
    return db.session.scalar(
        select(ExposureLink).where(
            ExposureLink.exposure_id == exposure_id, ExposureLink.revoked_at.is_(None)
        )
    )


def make_link(exposure: Exposure) -> ExposureLink:
    """A fresh link; one that worked until now answers nobody any more."""
    for link in db.session.scalars(
        select(ExposureLink).where(
            ExposureLink.exposure_id == exposure.id, ExposureLink.revoked_at.is_(None)
        )
    ):
        link.revoked_at = now()
    db.session.flush()
    fresh = ExposureLink(exposure_id=exposure.id, token=new_token(), code=new_code())
    db.session.add(fresh)
    db.session.flush()
    return fresh


def renew_link(exposure: Exposure) -> ExposureLink:
    """Revoke what was handed out and hand out another."""
    fresh = make_link(exposure)
    trail.record("exposure.link_renewed", exposure)
    return fresh


def exposure_behind(token: str, *, lock: bool = False) -> Exposure | None:
    """The case of a link that still works. Opening it for the first time is noted."""
    link = db.session.scalar(
        select(ExposureLink).where(ExposureLink.token == token, ExposureLink.revoked_at.is_(None))
    )
    if link is None:
        return None
    if link.opened_at is None:
        link.opened_at = now()
        db.session.flush()
        if not lock:
            db.session.commit()
    return get_exposure(link.exposure_id, lock=lock)


def token_for_code(typed: str) -> str | None:
    """The token of the code on a notice, however it was typed."""
    code = typed.upper().replace("-", "").replace(" ", "").replace("－", "")
    return db.session.scalar(
        select(ExposureLink.token).where(
            ExposureLink.code == code, ExposureLink.revoked_at.is_(None)
        )
    )


def statement_address(exposure: Exposure) -> tuple[str, str]:
    """Where the enterprise states its case, and the code for those who hold it on paper."""
    base = f"{current_app.config['BASE_URL']}/{this_federation().slug}/statement"
    link = open_link(exposure.id)
    return (f"{base}/{link.token}", shown(link.code)) if link else (base, "—")
