"""Which day it is where the law applies: a day is local, an instant is UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rules.broken import RuleBroken
from rules.words import Text

if TYPE_CHECKING:
    from datetime import date, datetime

CHINA = "Asia/Shanghai"


def local_day(instant: datetime, zone: str = CHINA) -> date:
    """The day an instant falls on in the zone; an instant without a zone is refused."""
    if instant.tzinfo is None:
        raise RuleBroken(
            Text(
                zh="时间没有标明时区，无法确定是哪一天。",
                en="The time names no zone, so its day is not certain.",
            )
        )
    return instant.astimezone(ZoneInfo(zone)).date()
