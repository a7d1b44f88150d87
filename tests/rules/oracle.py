"""A second opinion on every date: walks the days one by one and shares no code with the rules."""

from datetime import date, timedelta

ONE = timedelta(days=1)


class NoAnswer(Exception):
    """The walk needs a year nobody has published."""


def is_worked(day, holidays, make_up, *, count_make_up):
    if day.isoweekday() in {6, 7}:
        return count_make_up and day in make_up
    return day not in holidays


def tolled(day, stops):
    return any(first <= day <= last for first, last in stops)


def month_later(day, months):
    """Step month by month, then back until the day exists."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def last_day(
    n,
    unit,
    anchor,
    *,
    holidays,
    make_up,
    years,
    stops=(),
    roll=True,
    count_make_up=True,
    before=False,
):
    """(last day, provisional); raises NoAnswer when a working day falls in an unknown year."""
    step = -ONE if before else ONE
    if unit == "month":
        end = month_later(anchor, -n if before else n)
        left = abs((end - anchor).days)
    else:
        left = n
    day = anchor
    while left:
        day += step
        if tolled(day, stops):
            continue
        if unit == "working_day":
            if day.year not in years:
                raise NoAnswer
            left -= is_worked(day, holidays, make_up, count_make_up=count_make_up)
        else:
            left -= 1
    provisional = day.year not in years
    if roll and unit != "working_day" and not before:
        while not is_worked(day, holidays, make_up, count_make_up=count_make_up) or tolled(
            day, stops
        ):
            day += ONE
            provisional = provisional or day.year not in years
    return day, provisional
