"""Letters on paper: who is owed one, all of them in one print, and how far the print has come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import current_app
from redis import Redis, RedisError
from sqlalchemy import Select, func, select

from blueprints.notices.letters.pdf import pdf_many
from blueprints.notices.models import Notice, NoticeState
from blueprints.offers.campaign_models import Campaign
from blueprints.offers.letters import offer_letter
from blueprints.offers.lists import GROUPS
from blueprints.offers.models import Offer
from blueprints.registry.models import Enterprise
from blueprints.shared.paging import Key, Page, leaf
from jobs.queue import wake
from tenants.db import db
from tenants.files import store
from tenants.models import Document
from tenants.scope import current_tenant_id

AT_ONCE = 20  # up to here the browser waits for its PDF
CHUNK = 250  # letters in one file
PURPOSE = "letters.paper"
KEPT = timedelta(hours=1)
OWED = (NoticeState.PAPER, NoticeState.FAILED, NoticeState.BOUNCED)


@dataclass(frozen=True)
class Printing:
    """How far a print has come; nothing is lost with it but the sight of the bar."""

    done: int
    total: int


def owed(campaign: Campaign, *columns: Any) -> Select[Any]:
    """Offers not yet served whose letter could not go by mail."""
    return (
        select(*columns)
        .select_from(Offer)
        .join(
            Notice,
            (Notice.tenant_id == Offer.tenant_id)
            & (Notice.subject_kind == Offer.__tablename__)
            & (Notice.subject_id == Offer.id)
            & (Notice.kind == Offer.__tablename__),
        )
        .join(
            Enterprise,
            (Enterprise.tenant_id == Offer.tenant_id) & (Enterprise.id == Offer.enterprise_id),
        )
        .where(
            Offer.campaign_id == campaign.id,
            Offer.state.in_(GROUPS["unserved"]),
            Notice.state.in_(OWED),
        )
    )


COLUMNS = (
    Offer.id,
    Offer.document_no,
    Offer.addressee_name,
    Notice.state.label("why"),
    Enterprise.area,
    Enterprise.locality,
    Enterprise.address,
    Enterprise.contact_name,
    Enterprise.phone,
)


def page_of(campaign: Campaign, *, cursor: str | None) -> Page:
    return leaf(owed(campaign, *COLUMNS), (Key(Offer.number), Key(Offer.id)), cursor=cursor)


def how_many(campaign: Campaign) -> int:
    return int(db.session.scalar(owed(campaign, func.count())) or 0)


def rows(campaign: Campaign) -> Sequence[Any]:
    """All of them, for a sheet that can be filled in and brought back."""
    return db.session.execute(owed(campaign, *COLUMNS).order_by(Offer.number)).all()


def offers_owed(campaign: Campaign) -> Sequence[Offer]:
    return db.session.scalars(owed(campaign, Offer).order_by(Offer.number)).all()


def print_now(campaign: Campaign) -> bytes:
    """A few letters as one PDF, at once."""
    return drawn(offers_owed(campaign))


def print_later(campaign: Campaign) -> None:
    """Many letters: a worker draws them, and the page shows how far it is."""
    tell(campaign.id, 0, how_many(campaign))
    wake("jobs.letters.print_paper", campaign_id=campaign.id)


def print_all(campaign: Campaign) -> int:
    """Draw every letter owed, in files of CHUNK; earlier prints stay beside them."""
    letters = offers_owed(campaign)
    done = 0
    for part in chunks(letters):
        first, last = part[0].number, part[-1].number
        store(
            drawn(part),
            f"{campaign.name}-{first}-{last}.pdf",
            purpose=PURPOSE,
            subject=(Campaign.__tablename__, campaign.id),
        )
        done += len(part)
        tell(campaign.id, done, len(letters))
    return done


def chunks(offers: Sequence[Offer]) -> Iterator[Sequence[Offer]]:
    for start in range(0, len(offers), CHUNK):
        yield offers[start : start + CHUNK]


def drawn(offers: Sequence[Offer]) -> bytes:
    font_dir = current_app.extensions["settings"].font_dir
    return pdf_many([offer_letter(offer) for offer in offers], font_dir=font_dir)


def prints(campaign: Campaign) -> Sequence[Document]:
    """The files made so far, the newest first."""
    query = select(Document).where(
        Document.subject_kind == Campaign.__tablename__,
        Document.subject_id == campaign.id,
        Document.purpose == PURPOSE,
    )
    return db.session.scalars(query.order_by(Document.id.desc()).limit(40)).all()


def printing(campaign: Campaign) -> Printing | None:
    """How far the print under way is; None when there is none, or nobody can say."""
    try:
        kept = _valkey().hgetall(_key(campaign.id))
    except (RedisError, OSError):
        return None
    if not kept:
        return None
    done, total = int(kept[b"done"]), int(kept[b"total"])
    return Printing(done, total) if done < total else None


def tell(campaign_id: int, done: int, total: int) -> None:
    """Say how far it is. Where Valkey is away, the print goes on unseen."""
    try:
        _valkey().hset(_key(campaign_id), mapping={"done": done, "total": total})
        _valkey().expire(_key(campaign_id), KEPT)
    except (RedisError, OSError):
        return


def _key(campaign_id: int) -> str:
    return f"print:{current_tenant_id()}:{campaign_id}"


def _valkey() -> Redis:
    kept: Redis = current_app.extensions["redis"]
    return kept
