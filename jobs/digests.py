"""The digests: whoever has not had theirs gets it, however late; and news for who hears at once."""

from blueprints.delivery import digests, news_at_once
from jobs.context import job_scope
from tenants.clock import today
from tenants.db import db

BATCH = 50


def send(*, tenant_id: int, at: str | None = None) -> int:
    """Post what is due. Safe to run again: a digest is owed once a week, or once a day.

    Returns how many readers there were something to say to.
    """
    with job_scope(tenant_id, at):
        told = 0
        for number, reader in enumerate(list(digests.readers()), start=1):
            told += digests.send_to(reader, today())
            if number % BATCH == 0:
                db.session.commit()
        db.session.commit()
        return told


def send_news(*, tenant_id: int, at: str | None = None) -> int:
    """Tell what is new to who hears at once. Safe to run twice, and two at once.

    Returns how many readers there was something to say to.
    """
    with job_scope(tenant_id, at):
        readers = news_at_once.readers()
        upto = news_at_once.mark() if readers else 0
        told = sum(news_at_once.tell(choice, user, upto) for choice, user in readers)
        db.session.commit()
        return told
