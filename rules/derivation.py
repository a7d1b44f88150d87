"""Why this date: the count told step by step, each with its article and the days it skipped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from rules.law import Direction, Period, Unit
from rules.shelf import anchors
from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rules.calendars import Calendar
    from rules.deadlines import Extension
    from rules.law import Rule
    from rules.reckoning import Conventions, Reckoning, Tolling

ONE = timedelta(days=1)
ZH_DAYS = "一二三四五六日"
EN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CC_201, CC_202, CC_203 = (
    Text(zh=f"《民法典》第{number}条", en=f"Civil Code, art. {number}")
    for number in (201, 202, 203)
)


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of the derivation; `skipped` lists the days it passed over, with their names."""

    text: Text
    article: Text | None = None
    skipped: tuple[tuple[date, Text], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text.to_json(),
            "article": self.article and self.article.to_json(),
            "skipped": [[day.isoformat(), name.to_json()] for day, name in self.skipped],
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Step:
        return cls(
            text=Text.from_json(stored["text"]),
            article=Text.from_json(stored["article"]) if stored["article"] else None,
            skipped=tuple(
                (date.fromisoformat(day), Text.from_json(name)) for day, name in stored["skipped"]
            ),
        )


def day_words(day: date) -> Text:
    """A day as people check it: with its weekday."""
    return Text(zh=f"{day}（星期{ZH_DAYS[day.weekday()]}）", en=f"{EN_DAYS[day.weekday()]} {day}")


def derive(
    rule: Rule,
    anchor: date,
    calendar: Calendar,
    reckoning: Reckoning,
    *,
    period: Period,
    tolling: Sequence[Tolling] = (),
    extension: Extension | None = None,
    conventions: Conventions,
) -> tuple[Step, ...]:
    """The steps from the event to the last day."""
    make_up = conventions.make_up_days_count
    steps = [_the_event(rule, anchor), _the_rule(rule)]
    if not rule.confirmed:
        steps.append(Step(rule.label))
    if extension is not None:
        steps.append(_the_extension(extension, period))
    steps += [_the_stop(stop) for stop in tolling]
    steps += _the_count(rule, anchor, calendar, reckoning, period=period, make_up=make_up)
    if rule.window:
        steps.append(_the_window(reckoning.on, anchor))
    elif period.unit is not Unit.WORKING_DAY:
        steps += _the_last_day(rule, calendar, reckoning, conventions)
    if reckoning.provisional:
        steps.append(_provisional(reckoning))
    return tuple(steps)


def _the_event(rule: Rule, anchor: date) -> Step:
    event, day = anchors()[rule.anchor or ""], day_words(anchor)
    if rule.direction is Direction.BEFORE:
        return Step(
            Text(
                zh=f"起点：{event.zh}，{day.zh}。自该日向前倒推，当日不计入。",
                en=f"Starting point: {event.en}, {day.en}. The count runs back from this day, "
                "which is not counted.",
            ),
            CC_201,
        )
    return Step(
        Text(
            zh=f"起点：{event.zh}，{day.zh}。当日不计入，自次日起算。",
            en=f"Starting point: {event.en}, {day.en}. The day itself is not counted; "
            "the count starts on the next day.",
        ),
        CC_201,
    )


def _the_rule(rule: Rule) -> Step:
    return Step(rule.text, rule.citation)


def _the_extension(extension: Extension, period: Period) -> Step:
    more, total = Period(extension.length, period.unit).words, period.words
    return Step(
        Text(
            zh=f"延长{more.zh}，共{total.zh}。理由：{extension.reason.zh}",
            en=f"Extended by {more.en}, {total.en} in all. Reason: {extension.reason.en}",
        ),
        extension.article,
    )


def _the_stop(stop: Tolling) -> Step:
    zh, en = (f"至{stop.to}", f"to {stop.to}") if stop.to else ("起", "until further notice")
    return Step(
        Text(
            zh=f"{stop.from_}{zh}中止，期间不计入。理由：{stop.reason.zh}",
            en=f"The clock stands still from {stop.from_} {en}; these days are not counted. "
            f"Reason: {stop.reason.en}",
        ),
        stop.article,
    )


def _the_count(
    rule: Rule,
    anchor: date,
    calendar: Calendar,
    reckoning: Reckoning,
    *,
    period: Period,
    make_up: bool,
) -> Iterable[Step]:
    to, length = day_words(reckoning.counted_to), period.words
    forward = rule.direction is Direction.AFTER
    zh, en = ("计至", "from there comes to") if forward else ("倒推至", "back from there comes to")
    text = Text(zh=f"{length.zh}{zh}{to.zh}。", en=f"{_upper(length.en)} {en} {to.en}.")
    if period.unit is not Unit.WORKING_DAY:
        yield Step(text, CC_202 if period.unit is Unit.MONTH else CC_201)
        return
    first, last = sorted((anchor, reckoning.on))
    days = [first + ONE * n for n in range(1, (last - first).days)]
    rests = tuple(
        (day, calendar.name(day) or text)
        for day in days
        if not calendar.works(day, make_up=make_up)
    )
    yield Step(text, None, rests)
    if extra := [day for day in (*days, reckoning.on) if day in calendar.make_up]:
        yield _make_up(extra, make_up=make_up)


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _make_up(days: list[date], *, make_up: bool) -> Step:
    zh, en = "、".join(map(str, days)), ", ".join(map(str, days))
    if make_up:
        return Step(
            Text(
                zh=f"调休上班日按工作日计入（设置）：{zh}。",
                en=f"Make-up days count as working days (setting): {en}.",
            )
        )
    return Step(
        Text(
            zh=f"调休上班日不按工作日计入（设置）：{zh}。",
            en=f"Make-up days do not count as working days (setting): {en}.",
        )
    )


def _the_window(opens: date, closes: date) -> Step:
    first, last = day_words(min(opens, closes)), day_words(max(opens, closes))
    return Step(
        Text(
            zh=f"可以提出的时间为{first.zh}至{last.zh}；这是提出的权利，不是必须完成的期限。",
            en=f"The window is open from {first.en} to {last.en}. It is a right to propose, "
            "not a day by which anything must be finished.",
        )
    )


def _the_last_day(
    rule: Rule, calendar: Calendar, reckoning: Reckoning, conventions: Conventions
) -> Iterable[Step]:
    end, on = day_words(reckoning.counted_to), day_words(reckoning.on)
    if calendar.works(reckoning.counted_to, make_up=conventions.make_up_days_count):
        return
    name = _rest(calendar, reckoning.counted_to)
    if rule.direction is Direction.BEFORE:
        yield Step(
            Text(
                zh=f"{end.zh}为{name.zh}。向前倒推的日期不顺延，请提前办理。",
                en=f"{end.en} is {name.en}. A day counted backwards is not moved "
                "on; act before it.",
            )
        )
    elif not conventions.roll_off_rest_days:
        yield Step(
            Text(
                zh=f"{end.zh}为{name.zh}。按设置，期限最后一日不顺延。",
                en=f"{end.en} is {name.en}. By setting, the last day is not moved.",
            )
        )
    else:
        day, skipped = reckoning.counted_to, []
        while day < reckoning.on:
            skipped.append((day, calendar.name(day) or Text(zh="中止", en="suspended")))
            day += ONE
        yield Step(
            Text(
                zh=f"{end.zh}为{name.zh}，顺延至下一个工作日{on.zh}（设置）。",
                en=f"{end.en} is {name.en}; the last day moves to the next working "
                f"day, {on.en} (setting).",
            ),
            CC_203,
            tuple(skipped),
        )


def _rest(calendar: Calendar, day: date) -> Text:
    """What to call a day of rest: the holiday's name, or simply a day of rest."""
    if (name := calendar.rest.get(day)) is None:
        return Text(zh="休息日", en="a day of rest")
    return Text(zh=f"休息日（{name.zh}）", en=f"a day of rest ({name.en})")


def _provisional(reckoning: Reckoning) -> Step:
    return Step(
        Text(
            zh=f"{reckoning.on.year}年度放假安排尚未录入，此日期为暂定，安排公布后重新计算。",
            en=f"The holidays of {reckoning.on.year} are not known yet: the date is provisional "
            "and will be counted again when they are published.",
        )
    )
