"""Letters on paper: who is owed one, all of them in one print, and how far the print has come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import current_app
from redis import Redis, RedisError
from sqlalchemy import Select, func, select, update

from blueprints.notices.letters.model import AddressSheet
from blueprints.notices.letters.pdf import pdf_many
from blueprints.notices.models import Notice
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.letters import offer_letter
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.task_models import PrintRun, ServiceTask
from blueprints.offers.service import tasks
from blueprints.registry.areas import area_name
from blueprints.registry.models import Enterprise
from blueprints.shared.paging import Key, Page, leaf
from jobs.queue import wake
from tenants import trail
from tenants.db import db
from tenants.federation import this_federation
from tenants.files import store
from tenants.scope import current_tenant_id

AT_ONCE = 20  # up to here the browser waits for its PDF
IN_A_RUN = 1000  # letters in one PDF; more become another run
PURPOSE = "letters.paper"
KEPT = timedelta(hours=1)
ORDER = (Key(Enterprise.area), Key(Offer.number), Key(Offer.id))


@dataclass(frozen=True)
class Printing:
    """How far a print has come; nothing is lost with it but the sight of the bar."""

    done: int
    total: int


def owed(campaign: Campaign, *columns: Any, fresh: bool = False) -> Select[Any]:
    """Offers of a campaign that need a letter on paper; `fresh`: that were in no print yet."""
    query = tasks.owed(*columns).where(Offer.campaign_id == campaign.id)
    return query.where(ServiceTask.print_run_id.is_(None)) if fresh else query


COLUMNS = (
    Offer.id,
    Offer.document_no,
    Offer.addressee_name,
    tasks.CAUSE.label("why"),
    ServiceTask.print_run_id,
    Notice.sent_at,
    Enterprise.area,
    Enterprise.locality,
    Enterprise.address,
    Enterprise.contact_name,
    Enterprise.phone,
)


def page_of(campaign: Campaign, *, cursor: str | None) -> Page:
    return leaf(owed(campaign, *COLUMNS), ORDER, cursor=cursor)


def how_many(campaign: Campaign, *, fresh: bool = False) -> int:
    return int(db.session.scalar(owed(campaign, func.count(), fresh=fresh)) or 0)


def rows(campaign: Campaign, *, fresh: bool = False) -> Sequence[Any]:
    """All of them by area, for a sheet that can be filled in and brought back."""
    query = owed(campaign, *COLUMNS, fresh=fresh)
    return db.session.execute(query.order_by(*(key.column for key in ORDER))).all()


def print_now(campaign: Campaign, *, fresh: bool) -> bytes:
    """A few letters as one PDF, at once."""
    ((made, _count),) = _runs(campaign, rows(campaign, fresh=fresh))
    return made


def print_later(campaign: Campaign, *, fresh: bool) -> None:
    """Many letters: a worker draws them, and the page shows how far it is."""
    tell(campaign.id, 0, how_many(campaign, fresh=fresh))
    wake("jobs.letters.print_paper", campaign_id=campaign.id, fresh=fresh)


def print_all(campaign: Campaign, *, fresh: bool = True) -> int:
    """Draw every letter owed, run by run; earlier runs stay beside them. Returns how many."""
    letters = rows(campaign, fresh=fresh)
    done = 0
    for _made, count in _runs(campaign, letters):
        done += count
        tell(campaign.id, done, len(letters))
    return done


def _runs(campaign: Campaign, letters: Sequence[Any]) -> Iterator[tuple[bytes, int]]:
    """One PDF of each run, kept; its letters' tasks say which run they were in last."""
    tasks.open_owed(campaign.id)
    for start in range(0, len(letters), IN_A_RUN):
        part = letters[start : start + IN_A_RUN]
        drawn_now = drawn(part)
        number = _next_number(campaign)
        document = store(
            drawn_now,
            f"{campaign.name}-{number}.pdf",
            purpose=PURPOSE,
            subject=(Campaign.__tablename__, campaign.id),
        )
        run = PrintRun(
            campaign_id=campaign.id, number=number, letters=len(part), document_id=document.id
        )
        db.session.add(run)
        db.session.flush()
        db.session.execute(
            update(ServiceTask)
            .where(
                ServiceTask.offer_id.in_([row.id for row in part]), ServiceTask.closed_at.is_(None)
            )
            .values(print_run_id=run.id)
            .execution_options(synchronize_session=False)
        )
        trail.record("campaign.printed", campaign, number=number, letters=len(part))
        yield drawn_now, len(part)


def _next_number(campaign: Campaign) -> int:
    """The number of the next run. Two at once take turns at the campaign's row."""
    db.session.execute(select(Campaign.id).where(Campaign.id == campaign.id).with_for_update())
    last = select(func.max(PrintRun.number)).where(PrintRun.campaign_id == campaign.id)
    return int(db.session.scalar(last) or 0) + 1


def drawn(letters: Sequence[Any]) -> bytes:
    """The letters in this order, an address sheet before each."""
    font_dir = current_app.extensions["settings"].font_dir
    query = select(Offer).where(Offer.id.in_([row.id for row in letters]))
    offers = {offer.id: offer for offer in db.session.scalars(query)}
    return pdf_many(
        [offer_letter(offers[row.id]) for row in letters],
        sheets=[
            address_sheet(row, place, len(letters)) for place, row in enumerate(letters, start=1)
        ],
        font_dir=font_dir,
    )


def address_sheet(row: Any, place: int, total: int) -> AddressSheet:
    """What stands in the window of the envelope, and a code that leads to recording its service."""
    area = area_name(row.area)
    base = f"{current_app.config['BASE_URL']}/{this_federation().slug}"
    return AddressSheet(
        name=row.addressee_name,
        address=" ".join(filter(None, (area.zh if area else "", row.locality, row.address))),
        contact=" ".join(filter(None, (row.contact_name, row.phone))),
        area=area.zh if area else "",
        doc_no=row.document_no,
        place=f"{place} / {total}",
        url=f"{base}/offers/{row.id}/service",
    )


def prints(campaign: Campaign) -> Sequence[PrintRun]:
    """The runs so far, the newest first."""
    query = select(PrintRun).where(PrintRun.campaign_id == campaign.id)
    return db.session.scalars(query.order_by(PrintRun.id.desc()).limit(40)).all()


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
