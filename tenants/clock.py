"""What time it is. A request asks the machine; a story or a test says so itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The present instant, in UTC."""
    return _moment.get() or datetime.now(UTC)


def told() -> datetime | None:
    """The moment that was said to be now, for who must pass it on; None while the clock runs."""
    return _moment.get()


def today() -> date:
    """The day it is where the federations are; a day ends at midnight there, not in UTC."""
    return now().astimezone(ZONE).date()


@contextmanager
def at(moment: datetime | None) -> Iterator[None]:
    """Let `moment` (aware) be now, inside this block; None leaves the clock alone."""
    if moment is not None and moment.tzinfo is None:
        raise ValueError("A moment needs its zone.")
    token = _moment.set(moment.astimezone(UTC) if moment else _moment.get())
    try:
        yield
    finally:
        _moment.reset(token)
