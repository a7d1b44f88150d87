"""Single cells: days, counts, yes and no, telephones, e-mail."""

from datetime import date

import pytest

from blueprints.registry import values


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-03-31", date(2026, 3, 31)),
        ("2026/3/1", date(2026, 3, 1)),
        ("2026.06.30", date(2026, 6, 30)),
        ("2026年3月31日", date(2026, 3, 31)),
        ("2026 年 3 月", date(2026, 3, 1)),
        ("20260331", date(2026, 3, 31)),
        ("46112", date(2026, 3, 31)),
        ("２０２６－３－１", date(2026, 3, 1)),
        ("二〇二六年三月十五日", date(2026, 3, 15)),
        ("2026-03-31 00:00", date(2026, 3, 31)),
        ("9999.99.99", None),
        ("2026-02-30", None),
        ("长期", None),
        ("明年", None),
        ("12", None),
    ],
)
def test_a_day_is_read_in_every_form(written, day):
    assert values.read_day(written) == day


def test_a_bare_month_ends_on_its_last_day_where_an_end_is_meant():
    assert values.read_day("2028年2月", end=True) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("127人", (127, False)),
        ("约120", (120, True)),
        ("1,200", (1200, False)),
        ("120余人", (120, True)),
        ("30左右", (30, True)),
        ("21.0", (21, False)),
        ("１２", (12, False)),
        ("-3", None),
        ("100-120", None),
        ("许多", None),
        ("99999999999", None),
    ],
)
def test_a_number_of_people_is_read(written, count):
    assert values.read_count(written) == count


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("是", True),
        ("√", True),
        ("已建", True),
        ("Y", True),
        ("否", False),
        ("未建会", False),
        ("无", False),
        ("也许", None),
    ],
)
def test_yes_and_no_have_many_forms(written, found):
    assert values.read_yes_no(written) is found


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("13800000000", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        ("0716-8800000", "0716-8800000"),
        ("0716-8800000转801", "0716-8800000-801"),
        ("13800000000/13900000000", "13800000000"),
        ("4001234567", "400-123-4567"),
        ("99999999999", None),
        ("12345", None),
    ],
)
def test_a_telephone_number_is_read(written, phone):
    assert values.read_phone(written) == phone


@pytest.mark.parametrize(
    ("written", "email"),
    [
        ("hr@Firm.Example", "hr@firm.example"),
        ("hr＠firm.example", "hr@firm.example"),
        ("a@firm.example; b@firm.example", "a@firm.example"),
        ("hr@", None),
        ("a b@firm.example", None),
        ("13800000000", None),
        (".a@firm.example", None),
    ],
)
def test_an_address_is_read(written, email):
    assert values.read_email(written) == email
