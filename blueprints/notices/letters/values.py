"""How a value of each type is printed, in each language; a value is data and never a mark."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from rules.law import Period, Rule, Unit
from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, Lang] = ("zh", "en")
HERE = ZoneInfo("Asia/Shanghai")
BLANK = "＿＿＿＿"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# What no official letter may carry: control characters (not valid in a .docx), halves of
# surrogate pairs, and the marks that turn the direction of reading and so disguise a name.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029\t]+\s*")


class MissingValue(Exception):
    """These names have no value; a letter with a hole in it is not made."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(dict.fromkeys(names))
        super().__init__(f"No value for {', '.join(self.names)}.")


class UnfitValue(Exception):
    """A value that cannot be printed as what the text declares it to be."""

    def __init__(self, name: str, kind: str) -> None:
        self.name, self.kind = name, kind
        super().__init__(f"The value of {name} cannot be read as {kind}.")


def one_line(text: str) -> str:
    """Clean text without a line break, so that it cannot add a header to a mail."""
    return text if text.isprintable() else _BREAKS.sub(" ", _UNPRINTABLE.sub("", text)).strip()


def lines(text: str) -> str:
    """Clean text that keeps its own lines."""
    if text.isprintable():
        return text
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    return _UNPRINTABLE.sub("", unified.replace("\u2029", "\n").replace("\t", " ")).strip("\n")


def _day(value: date, lang: Lang) -> str:
    if lang == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def _as_day(value: Any, lang: Lang) -> str:
    if isinstance(value, datetime):
        value = _here(value)
    return _day(value if isinstance(value, date) else date.fromisoformat(str(value)), lang)


def _here(moment: datetime) -> datetime:
    """The same moment on the wall clock of the place; a naive one is on it already."""
    return moment.astimezone(HERE) if moment.tzinfo else moment


def _as_moment(value: Any, lang: Lang) -> str:
    moment = _here(value if isinstance(value, datetime) else datetime.fromisoformat(str(value)))
    clock = f"{moment.hour}:{moment.minute:02}"
    return f"{_day(moment, lang)}{clock}" if lang == "zh" else f"{_day(moment, lang)}, {clock}"


def _as_number(value: Any, lang: Lang) -> str:
    """Without an exponent; English groups from five figures on, so that years stay whole."""
    if isinstance(value, bool):
        raise TypeError
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError
    grouped = lang == "en" and abs(number) >= 10_000
    return f"{number:,f}" if grouped else f"{number:f}"


def _as_percent(value: Any, lang: Lang) -> str:
    """A number is a share of one: 0.859 is 85.9%. Words stand as they are."""
    if isinstance(value, str):
        return one_line(value)
    share = round(Decimal(str(value)) * 100, 1)
    return f"{_as_number(share, lang).removesuffix('.0')}%"


def _as_period(value: Any, lang: Lang) -> str:
    if isinstance(value, Rule) and value.period:
        value = value.period
    if isinstance(value, Period):
        return value.words.in_(lang)
    if isinstance(value, (tuple, list)):
        length, unit = value
        return Period(int(length), Unit(unit)).words.in_(lang)
    return _as_words(value, lang)


def _as_article(value: Any, lang: Lang) -> str:
    """An unconfirmed rule says so beside its article."""
    if not isinstance(value, Rule):
        return _as_words(value, lang)
    cited = value.citation.in_(lang)
    if value.confirmed:
        return cited
    label = value.label.in_(lang)
    return f"{cited}（{label}）" if lang == "zh" else f"{cited} ({label})"


def _as_rule_text(value: Any, lang: Lang) -> str:
    return _as_words(value.text if isinstance(value, Rule) else value, lang)


def _as_words(value: Any, lang: Lang) -> str:
    return one_line(_in(value, lang))


def _as_long_words(value: Any, lang: Lang) -> str:
    return lines(_in(value, lang))


def _in(value: Any, lang: Lang) -> str:
    """The side of a bilingual value that is asked for, also as it comes back out of JSON."""
    if isinstance(value, Text):
        return value.in_(lang)
    if isinstance(value, dict):
        return str(Text.from_json(value).in_(lang))
    if isinstance(value, (str, int, Decimal)):
        return str(value)
    raise TypeError


PRINTERS: dict[str, Callable[[Any, Lang], str]] = {
    "text": _as_words,
    "long_text": _as_long_words,
    "integer": _as_number,
    "number": _as_number,
    "percent": _as_percent,
    "date": _as_day,
    "datetime": _as_moment,
    "period": _as_period,
    "rule_ref": _as_article,
    "rule_text": _as_rule_text,
    "serial": _as_words,
    "code": _as_words,
    "choice": _as_words,
    "url": _as_words,
    "phone": _as_words,
    "email": _as_words,
    "address": _as_words,
}


def printed(name: str, kind: str, value: Any, lang: Lang) -> str:
    """The value as it stands in the letter.

    Dates and moments may come as objects or in ISO form; an aware moment is shown in Shanghai
    time. A rule record serves `period`, `rule_ref` and `rule_text`. `{"zh": …, "en": …}` and
    `Text` are read in the letter's language.
    """
    try:
        return PRINTERS[kind](value, lang)
    except (TypeError, ValueError, KeyError, InvalidOperation) as fault:
        raise UnfitValue(name, kind) from fault
