"""How days, moments, figures and marks are written."""

from datetime import UTC, date, datetime

import pytest

from blueprints.shared import charts
from blueprints.shared.formats import due_state, left, number, percent, share, time_tag, written
from tests.blueprints.gallery import application

DAY = date(2026, 3, 3)


@pytest.fixture(scope="module")
def app():
    return application()


@pytest.fixture
def chinese(app):
    with app.test_request_context():
        yield


@pytest.fixture
def english(app):
    with app.test_request_context(headers={"Cookie": "language=en"}):
        yield


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("day", "2026年3月3日 周二"),
        ("short_day", "3月3日 周二"),
        ("plain_day", "2026年3月3日"),
        ("month_day", "3月3日"),
        ("weekday", "星期二"),
    ],
)
def test_a_day_in_chinese(style, words):
    assert written(DAY, style) == words


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("style", "words"), [("day", "3 March 2026 Tue"), ("short_day", "3 Mar Tue")]
)
def test_a_day_in_english(style, words):
    assert written(DAY, style) == words


@pytest.mark.usefixtures("chinese")
def test_a_moment_is_shown_in_the_time_of_the_federations():
    late = datetime(2026, 3, 3, 17, 30, tzinfo=UTC)
    assert written(late, "short_moment") == "3月4日 01:30"
    assert 'datetime="2026-03-04T01:30"' in time_tag(late, "short_moment")


@pytest.mark.usefixtures("chinese")
def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        written(datetime(2026, 3, 3, 9, 0))  # noqa: DTZ001


@pytest.mark.usefixtures("chinese")
def test_nothing_is_a_dash():
    assert [written(None), number(None), percent(None), share(1, 0), time_tag(None)] == ["—"] * 5


@pytest.mark.usefixtures("chinese")
def test_figures():
    assert number(118420) == "118,420"
    assert share(1814, 2316) == "78.3%"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("due", "words", "look"),
    [
        (date(2026, 3, 13), "10 days left", "run"),
        (date(2026, 3, 6), "3 days left", "soon"),
        (date(2026, 3, 4), "1 day left", "soon"),
        (date(2026, 3, 3), "Due today", "soon"),
        (date(2026, 3, 2), "1 day late", "late"),
    ],
)
def test_what_is_left_of_a_period(due, words, look):
    assert (left(due, DAY), due_state(due, DAY)) == (words, look)


def strip(**how):
    cells = charts.day_strip(date(2026, 11, 2), date(2026, 11, 23), date(2026, 11, 20), **how)
    return {cell.on.day: cell for week in cells for cell in week if cell.on}


@pytest.mark.usefixtures("chinese")
def test_calendar_days_are_counted_one_by_one_and_the_last_may_move():
    days = strip(nominal=date(2026, 11, 22), start_note="送达", due_note="届满")
    assert (days[2].kind, days[2].note) == ("start", "送达")
    assert (days[3].note, days[20].note, days[22].note) == ("1", "18", "20")
    assert (days[20].kind, days[22].kind, days[23].kind) == ("today", "rest moved", "due")
    assert days[23].note == "届满"


@pytest.mark.usefixtures("chinese")
def test_working_days_leave_out_days_of_rest():
    days = strip(working=True)
    assert (days[6].note, days[7].note, days[9].note) == ("4", "", "5")


@pytest.mark.usefixtures("chinese")
def test_a_week_has_seven_days_whatever_the_period():
    weeks = charts.day_strip(date(2026, 11, 4), date(2026, 11, 5), date(2026, 11, 5))
    assert [len(week) for week in weeks] == [7]


def test_a_bar_of_nothing_is_empty_and_never_negative():
    assert 'class="f" x="0" width="0"' in charts.bar(5, 0)
    assert 'class="f" x="0" width="0"' in charts.bar(-3, 10)
    assert 'class="f" x="0" width="50"' in charts.bar(5, 10)


def test_the_words_of_a_line_cannot_break_out_of_it():
    assert "<script" not in charts.line_mark([1, 2], 0, 2, '"><script>')
