"""How long to wait before asking a mail server again that said: not now."""

from datetime import datetime, timedelta
from hashlib import sha256

LADDER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
SPREAD = 0.25  # up to a quarter more, so that a thousand deferred at once do not come back at once


def next_try(notice_id: int, deferrals: int, at: datetime) -> datetime | None:
    """When to try again after one more deferral; None when that was the last try.

    The spread comes out of the id: two workers, or a test, reckon the same.
    """
    if deferrals >= len(LADDER):
        return None
    share = sha256(f"{notice_id}:{deferrals}".encode()).digest()[0] / 255
    return at + LADDER[deferrals] * (1 + SPREAD * share)
