"""How days, moments and figures are written, in the language of the answer.

A day is always shown with its weekday where something is due on it; an instant is shown in the
time of the federations, whatever zone it comes in.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

from babel.dates import format_datetime
from babel.numbers import format_decimal, format_percent
from flask import Flask
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import ngettext as _n
from markupsafe import Markup, escape

from tenants.clock import ZONE, today

NOTHING = "—"
SOON = 3  # days: from here on a deadline is marked as near
PATTERNS = {
    "day": ("y年M月d日 EEE", "d MMMM y EEE"),
    "short_day": ("M月d日 EEE", "d MMM EEE"),
    "plain_day": ("y年M月d日", "d MMMM y"),
    "month_day": ("M月d日", "d MMM"),
    "month_slash": ("M/d", "d MMM"),
    "month_name": ("M月", "MMMM"),
    "year_month": ("y年M月", "MMMM y"),
    "day_of_month": ("d日", "d"),
    "weekday": ("EEEE", "EEEE"),
    "short_weekday": ("EEE", "EEE"),
    "moment": ("y年M月d日 EEE HH:mm", "d MMMM y EEE, HH:mm"),
    "short_moment": ("M月d日 HH:mm", "d MMM, HH:mm"),
    "hour": ("HH:mm", "HH:mm"),
}


def init_app(app: Flask) -> None:
    env = app.jinja_env
    for style in PATTERNS:
        env.filters[style] = _writer(style)
    env.filters.update(
        time_tag=time_tag, number=number, percent=percent, share=share, left=left, due=due_state
    )
    env.globals["this_day"] = today


def written(value: date | datetime | None, style: str = "day") -> str:
    """A day or an instant in one of the PATTERNS; a dash for none."""
    if value is None:
        return NOTHING
    chinese, english = PATTERNS[style]
    return format_datetime(
        _local(value), chinese if _in_chinese() else english, locale=get_locale() or "zh_CN"
    )


def time_tag(value: date | datetime | None, style: str = "day") -> Markup:
    """The same in a <time> that machines can read and that never breaks across lines."""
    if value is None:
        return escape(NOTHING)
    is_instant = isinstance(value, datetime)
    stamp = _local(value).isoformat(timespec="minutes") if is_instant else value.isoformat()
    return Markup('<time class="y-nb" datetime="{}">{}</time>').format(stamp, written(value, style))


def number(value: float | Decimal | None) -> str:
    """1,947; a dash for none."""
    return NOTHING if value is None else format_decimal(value, locale=get_locale() or "zh_CN")


def percent(value: float | Decimal | None) -> str:
    """0.7832 is 78.3%; a dash for none."""
    if value is None:
        return NOTHING
    return format_percent(value, "#,##0.0%", locale=get_locale() or "zh_CN")


def share(part: float, whole: float) -> str:
    """`part` of `whole` in per cent; of nothing there is no share."""
    return percent(part / whole) if whole else NOTHING


def left(due: date, on: date | None = None) -> str:
    """What is left until a day, in words."""
    days = (due - (on or today())).days
    if days < 0:
        return str(_n("%(num)s day late", "%(num)s days late", -days))
    return str(_n("%(num)s day left", "%(num)s days left", days) if days else _("Due today"))


def due_state(due: date, on: date | None = None, *, soon: int = SOON) -> str:
    """The look of an open deadline: run, soon or late."""
    days = (due - (on or today())).days
    return "late" if days < 0 else "soon" if days <= soon else "run"


def _writer(style: str) -> Callable[[date | datetime | None], str]:
    return lambda value: written(value, style)


def _local(value: date | datetime) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, time())
    if value.tzinfo is None:
        raise ValueError("A moment needs its zone.")
    return value.astimezone(ZONE).replace(tzinfo=None)


def _in_chinese() -> bool:
    locale = get_locale()
    return locale is None or locale.language == "zh"
