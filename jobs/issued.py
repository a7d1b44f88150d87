"""Writing down the letters of offers that were issued, so that anyone can compare theirs.

Issuing makes ten thousand letters in one statement and composes none of them. Their fingerprints
are taken afterwards, in batches; whatever is not written down is found again by its absence.
"""

import time

from sqlalchemy import exists, select

from blueprints.notices import issued
from blueprints.notices.issued import IssuedLetter
from blueprints.offers.ground.letters import letter_again
from blueprints.offers.ground.models import Offer
from jobs.context import job_scope
from jobs.queue import wake
from rules.days import local_day
from tenants.db import db

BATCH = 200
SECONDS = 40.0  # then the next run, so that other work gets its turn
LANGS = ("zh", "en")


def record_offers(*, tenant_id: int, at: str | None = None) -> int:
    """Record the letters that are not recorded yet. Returns how many offers that were."""
    until = time.monotonic() + SECONDS
    with job_scope(tenant_id, at):
        done = 0
        while offers := unrecorded(BATCH):
            issued.record(
                Offer.__tablename__,
                [
                    (offer.id, local_day(offer.sealed_at), letter_again(offer.id, lang))
                    for offer in offers
                    for lang in LANGS
                ],
            )
            db.session.commit()
            done += len(offers)
            if time.monotonic() > until:
                wake("jobs.issued.record_offers")
                break
        db.session.commit()
        return done


def unrecorded(size: int) -> list[Offer]:
    """Offers with a letter that lacks its row in either language, the oldest first."""
    lacking = [
        ~exists().where(
            IssuedLetter.tenant_id == Offer.tenant_id,
            IssuedLetter.subject_kind == Offer.__tablename__,
            IssuedLetter.subject_id == Offer.id,
            IssuedLetter.lang == lang,
        )
        for lang in LANGS
    ]
    query = select(Offer).where(lacking[0] | lacking[1]).order_by(Offer.id).limit(size)
    return list(db.session.scalars(query))
