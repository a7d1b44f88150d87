"""What single cells of a ledger mean: days, numbers of people, yes and no, telephones, e-mail."""

import calendar
import re
from datetime import date, timedelta

from blueprints.registry.widths import plain, tight

NOTHING = frozenset(
    {
        "",
        "无",
        "/",
        "-",
        "—",
        "——",
        "--",
        "\\",
        "暂无",
        "没有",
        "不详",
        "未知",
        "N/A",
        "n/a",
        "NA",
        "空",
        "*",
    }
)
OPEN_ENDED = ("长期", "永久", "无固定期限", "不限")
_DAY = re.compile(
    r"((?:19|20|21)\d\d)[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月?)(?:[ T]?\d{1,2}:\d\d(?::\d\d)?)?"
)
_SOLID = re.compile(r"((?:19|20|21)\d\d)(\d\d)(\d\d)")
_SERIAL = re.compile(r"([2-7]\d{4})(?:\.\d+)?")
_NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_TENS = re.compile(r"(\d?)十(\d?)")
_COUNT = re.compile(
    r"(约|近|大约|共|计)?(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?(余|多|\+|左右)?(?:人|名|位)?(左右)?"
)
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_LANDLINE = re.compile(
    r"(?:\(?(0\d{2,3})\)?-?)?(\d{7,8})(?:(?:-|转)(\d{1,6}))?|(400)-?(\d{3})-?(\d{4})|(9[56]\d{3,4})"
)
_EMAIL = re.compile(
    r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_YES = frozenset(
    {
        "是",
        "有",
        "已",
        "√",
        "✓",
        "✔",
        "☑",
        "y",
        "yes",
        "true",
        "1",
        "已建",
        "已建会",
        "已建立",
        "建",
        "建会",
        "已签",
        "已签订",
        "签订",
        "已签约",
        "对",
    }
)
_NO = frozenset(
    {
        "否",
        "无",
        "未",
        "×",
        "✗",
        "✕",
        "x",
        "n",
        "no",
        "false",
        "0",
        "未建",
        "未建会",
        "没建",
        "没有",
        "未签",
        "未签订",
        "未签约",
        "不是",
        "没",
        "-",
        "/",
    }
)
_EPOCH = date(1899, 12, 30)  # where Excel begins to count, its leap-year mistake of 1900 included
EARLIEST, LATEST = date(1949, 10, 1), date(2100, 1, 1)


def is_nothing(text: str) -> bool:
    """Whether a cell says, in one of the usual ways, that there is nothing to say."""
    return text in NOTHING


def read_day(written: str, *, end: bool = False) -> date | None:
    """A day in any form that ledgers use. A bare month is its first day, with `end` its last."""
    text = plain(written).replace(" ", "" if "年" in written else " ")
    if any(numeral in text for numeral in "一二三四五六七八九十〇"):
        text = _TENS.sub(_ten, text.translate(_NUMERALS))
    if serial := _SERIAL.fullmatch(text):
        return _EPOCH + timedelta(days=int(serial[1]))
    match = _DAY.fullmatch(text) or _SOLID.fullmatch(text)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    day = int(match[3]) if match[3] else last if end else 1
    if not 1 <= day <= last:
        return None
    read = date(year, month, day)
    return read if EARLIEST <= read <= LATEST else None


def _ten(match: re.Match[str]) -> str:
    return str((int(match[1] or 1)) * 10 + int(match[2] or 0))


def is_open_ended(written: str) -> bool:
    return any(word in written for word in OPEN_ENDED)


def read_count(written: str) -> tuple[int, bool] | None:
    """A number of people, and whether it is only approximate: 127人, 约120, 1,200."""
    match = _COUNT.fullmatch(tight(written))
    if match is None:
        return None
    count = int(match[2].replace(",", ""))
    approximate = bool(match[1] in {"约", "近", "大约"} or match[3] or match[4])
    return (count, approximate) if count <= 5_000_000 else None


def read_yes_no(written: str) -> bool | None:
    text = tight(written).lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    return None


def read_phone(written: str) -> str | None:
    """The first telephone number of the cell, written the usual way."""
    for part in re.split(r"[/、;；,，]|\s{2,}|(?<=\d{11})\s", plain(written)):
        digits = part.replace(" ", "").replace("－", "-").replace("—", "-")
        if mobile := _MOBILE.fullmatch(digits.replace("-", "")):
            return mobile[1]
        if line := _LANDLINE.fullmatch(digits):
            if line[2]:
                return "-".join(filter(None, (line[1], line[2], line[3])))
            return f"400-{line[5]}-{line[6]}" if line[4] else line[7]
    return None


def read_email(written: str) -> str | None:
    """The address, its domain in lower case. The first one, where there are several."""
    for part in re.split(r"[;；,，、]", plain(written)):
        address = part.strip()
        if len(address) <= 254 and _EMAIL.fullmatch(address) and ".." not in address:
            local, _, domain = address.partition("@")
            if local[0] != "." and local[-1] != ".":
                return f"{local}@{domain.lower()}"
    return None
