"""Turning leaves: whatever the order, every row comes once, forwards and backwards."""

import base64
import json
import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from blueprints.shared.paging import Key, leaf
from tenants.db import db
from tenants.models import User

START = datetime(2026, 1, 1, tzinfo=UTC)
TITLES = (None, "", "a", "B", "甲", "乙乙", "é", "😀", "a'b", 'a"b', "\\", "%")
COLUMNS = {
    "title": func.coalesce(User.title, ""),
    "seen": func.coalesce(User.last_seen_at, START),
    "role": User.role,
}
VALUES = {
    "title": lambda row: row.title or "",
    "seen": lambda row: row.last_seen_at or START,
    "role": lambda row: row.role,
}


@pytest.fixture
def people(ours):
    """Some forty users who share titles, days and roles, or have none."""
    dice = random.Random(7)
    with ours.scope():
        for number in range(33):
            seen = dice.choice((None, START, START + timedelta(days=dice.randint(0, 3))))
            db.session.add(
                User(
                    email=f"p{number}@x.example",
                    name=f"p{number}",
                    role=dice.choice(("officer", "union")),
                    title=dice.choice(TITLES),
                    last_seen_at=seen,
                )
            )
        db.session.commit()
        yield list(db.session.scalars(select(User)))


def plainly(rows, order):
    """The same order by sorting from the last key to the first."""
    rows = sorted(rows, key=lambda row: row.id, reverse=order[-1][1])
    for name, descending in reversed(order[:-1]):
        rows.sort(key=VALUES[name], reverse=descending)
    return [row.id for row in rows]


def walk(keys, size, way, cursor=None):
    """All leaves in one direction, as lists of ids."""
    leaves = []
    while True:
        page = leaf(select(User.id), keys, cursor=cursor, size=size)
        leaves.append([row.id for row in page.rows])
        cursor = getattr(page, way)
        if cursor is None:
            return leaves, page


@pytest.mark.parametrize("seed", range(24))
def test_every_row_comes_once_in_the_order_of_a_plain_sort(people, seed):
    dice = random.Random(seed)
    names = dice.sample(sorted(COLUMNS), dice.randint(0, 3))
    order = [(name, dice.random() < 0.5) for name in names]
    order.append(("id", dice.random() < 0.5))
    keys = [Key(COLUMNS.get(name, User.id), descending) for name, descending in order]
    size = dice.choice((1, 2, 3, 7, 20, 39, 40, 41, 100))
    expected = plainly(people, order)

    forwards, last = walk(keys, size, "following")
    assert [ident for one in forwards for ident in one] == expected
    assert all(len(one) == size for one in forwards[:-1])
    if last.preceding is None:
        assert len(forwards) == 1
        return
    backwards, first = walk(keys, size, "preceding", last.preceding)
    assert [i for one in reversed(backwards) for i in one] + forwards[-1] == expected
    again, _ = walk(keys, size, "following", first.following)
    assert (first.rows[0].id, again[-1][-1]) == (expected[0], expected[-1])


def test_a_row_that_comes_in_meanwhile_moves_nobody_to_another_leaf(people, ours):
    keys = [Key(User.id)]
    first = leaf(select(User.id), keys, size=5)
    db.session.add(User(email="new@x.example", name="new", role="officer"))
    db.session.commit()
    second = leaf(select(User.id), keys, cursor=first.following, size=5)
    assert second.rows[0].id == sorted(row.id for row in people)[5]


def test_an_empty_list_is_one_leaf_without_neighbours(ours):
    with ours.scope():
        page = leaf(select(User.id).where(User.name == "nobody"), [Key(User.id)])
        assert not page
        assert (page.following, page.preceding) == (None, None)


def cursor(*values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


UNREADABLE = {
    "nonsense": "###",
    "half of one": "WyJm",
    "no list": base64.urlsafe_b64encode(b"7").decode(),
    "an empty list": cursor(),
    "too few": cursor("f", "a"),
    "too many": cursor("f", "a", 1, 2),
    "no direction": cursor("x", "a", 1),
    "a direction that is a list": cursor([], "a", 1),
    "a list within": cursor("f", ["a"], 1),
    "a date that is none": cursor("f", {"d": "2026-02-31"}, 1),
    "an unknown kind": cursor("f", {"x": 1}, 1),
    "a number for a text": cursor("f", 5, 1),
    "a text for a number": cursor("f", "a", "b"),
    "nothing for a number": cursor("f", "a", None),
    "a day for a number": cursor("f", "a", {"d": "2026-01-01"}),
    "a yes for a number": cursor("f", "a", True),
    "a number too large": cursor("f", "a", 10**30),
    "a character that no text may hold": cursor("f", "a\x00", 1),
    "not of this alphabet": "甲乙丙",
}


@pytest.mark.parametrize("typed", UNREADABLE.values(), ids=UNREADABLE)
def test_an_address_that_was_mistyped_shows_the_first_leaf(people, typed):
    keys = [Key(COLUMNS["title"]), Key(User.id)]
    wanted = leaf(select(User.id), keys, size=5)
    assert leaf(select(User.id), keys, cursor=typed, size=5) == wanted
