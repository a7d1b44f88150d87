"""The workbench: each role finds its own, whatever rooms there are."""

import re
from datetime import date, timedelta

import pytest
from flask import g, render_template

from blueprints.shared import tenancy
from blueprints.shared.read_once import read_once
from blueprints.shared.role_names import role_name
from blueprints.shared.workbench_cards import (
    Board,
    Card,
    Due,
    Funnel,
    Row,
    Step,
    Stuck,
    Tide,
)
from blueprints.workbench.layout import lay_out
from tenants.roles import May, Role

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_workbench(ours, as_, role):
    for language in ("en", "zh_CN"):
        client = as_(ours.people[role])
        client.set_cookie("language", language)
        page = client.get(ours.url("/"))
        assert page.status_code == 200
        assert ours.people[role].name in page.text


def test_somebody_of_another_federation_gets_the_page_of_one_that_does_not_exist(ours, theirs, as_):
    client = as_(ours.officer)
    other, none = client.get(theirs.url("/")), client.get("/no-such-city/")
    assert other.status_code == none.status_code == 404
    assert plain(other, theirs.slug) == plain(none, "no-such-city")


def test_a_visitor_is_led_to_the_sign_in(ours, visitor):
    assert visitor.get(ours.url("/")).location.startswith(ours.url("/sign-in"))


def test_an_administrator_is_told_what_letters_lack_and_who_has_not_come_in(ours, as_):
    boss = as_(ours.administrator)
    data = {"name": "刘一", "email": "liu@city.example", "role": "auditor", "locale": "en"}
    boss.post(ours.url("/users"), data=data)
    page = boss.get(ours.url("/")).text
    assert "Contact person, Telephone, Address" in page
    assert "刘一" in page
    assert "刘一" not in as_(ours.officer).get(ours.url("/")).text


class Person:
    """Somebody who may do some things."""

    is_authenticated = False
    name = "陈晓岚"

    def __init__(self, *permissions):
        self.permissions = permissions

    def may(self, permission):
        return permission in self.permissions


def test_cards_come_in_order_and_only_to_who_may_see_them():
    board = Board()

    @board.card(30, May.OFFERS_READ)
    def late(_):
        return Card("late")

    @board.card(10, May.OFFERS_READ)
    def nothing_to_say(_):
        return None

    @board.card(20, May.OFFERS_READ)
    def early(_):
        return Card("early")

    @board.card(5, May.USERS_MANAGE)
    def hidden(_):
        return Card("hidden")

    titles = [card.title for card in board.cards_for(Person(May.OFFERS_READ))]
    assert titles == ["early", "late"]
    assert board.cards_for(Person()) == []


def test_due_cards_of_all_rooms_become_one_list_most_urgent_first():
    late = Row("late", date=TODAY - timedelta(days=2))
    now = Row("now", date=TODAY)
    mine = Row("mine", date=TODAY, mine=True)
    bench = lay_out([Due("a", rows=[now], figure=9), Due("b", rows=[mine, late])], TODAY, worked)
    assert [row.text for row in bench.due.rows] == ["late", "mine", "now"]
    assert (bench.due.figure, bench.mine) == (11, 1)


def test_what_has_a_later_day_comes_next_and_is_not_counted_as_due():
    now, tomorrow = Row("now", date=TODAY), Row("tomorrow", date=TODAY + timedelta(days=1))
    later = Row("later", date=TODAY + timedelta(days=9))
    bench = lay_out([Due("a", rows=[later, now]), Due("b", rows=[tomorrow])], TODAY, worked)
    assert [row.text for row in bench.due.rows] == ["now"]
    assert [row.text for row in bench.ahead] == ["tomorrow", "later"]
    assert bench.due.figure == bench.to_do == 1
    assert not bench.bare


def test_a_list_of_which_nothing_is_due_is_not_offered_beside_what_is():
    cards = [
        Due("checks", rows=[Row("x", date=TODAY + timedelta(days=3))], figure=0, link="/checks"),
        Due("replies", rows=[Row("y", date=TODAY)], figure=4, link="/replies"),
    ]
    assert lay_out(cards, TODAY, worked).due.links == [("replies", "/replies")]


def test_a_thing_stands_in_one_card_only():
    due = Due("due", rows=[Row("甲", date=TODAY, about="offer:1")], figure=1)
    stuck = Stuck("stuck", rows=[Row("甲", about="offer:1"), Row("乙", about="offer:2")], figure=2)
    news = Card("news", rows=[Row("乙", about="offer:2"), Row("丙", about="offer:3")], figure=40)
    gone = Card("gone", rows=[Row("甲", about="offer:1")], figure=1)
    bench = lay_out([gone, news, stuck, due], TODAY, worked)
    assert [row.text for row in bench.due.rows] == ["甲"]
    assert ([row.text for row in bench.stuck.rows], bench.stuck.figure) == (["乙"], 1)
    assert [(card.title, [row.text for row in card.rows]) for card in bench.aside] == [
        ("news", ["丙"])
    ]
    assert bench.aside[0].figure == 40, "the list behind it still has all of them"


def test_what_nobody_names_is_shown_wherever_it_stands():
    bench = lay_out([Card("a", rows=[Row("甲")]), Card("b", rows=[Row("甲")])], TODAY, worked)
    assert [card.title for card in bench.aside] == ["a", "b"]


def test_a_day_of_ones_own_answers_for_more_than_it_shows():
    rows = [Row("甲", about="offer:1")]
    own = Card("day", place="first", rows=rows, figure=2, covers={"offer:1", "offer:2"})
    due = Due("due", rows=[Row("乙", date=TODAY, about="offer:2"), Row("丙", date=TODAY)], figure=2)
    bench = lay_out([due, own], TODAY, worked)
    assert [card.rows for card in bench.first] == [rows]
    assert [row.text for row in bench.due.rows] == ["丙"]
    assert (bench.due.figure, bench.to_do) == (1, 3)


def test_a_fact_of_several_cards_is_read_once_a_board():
    board, asked = Board(), []

    @read_once
    def fact(viewer):
        asked.append(viewer)
        return Card("fact")

    board.card(1, May.OFFERS_READ)(fact)

    @board.card(2, May.OFFERS_READ)
    def other(viewer):
        return fact(viewer)

    somebody, another = Person(May.OFFERS_READ), Person(May.OFFERS_READ)
    assert len(board.cards_for(somebody)) == 2
    assert asked == [somebody]
    board.cards_for(another)
    assert asked == [somebody, another], "nothing is kept for the next person"
    fact(somebody)
    assert len(asked) == 3


def test_tides_of_all_rooms_become_one_picture_of_twelve_days():
    replies = Tide("replies", days={TODAY: 3, TODAY + timedelta(days=40): 9}, url=str)
    reviews = Tide("reviews", days={TODAY: 1, TODAY + timedelta(days=3): 2})
    bench = lay_out([replies, reviews], TODAY, worked)
    assert len(bench.tide) == 12
    assert bench.tide[0].parts == [("a", 3), ("z", 1)]
    assert bench.tide[0].url == "2026-11-20"
    assert bench.tide[3].parts == [("z", 2)]
    assert [day.on.day for day in bench.tide if day.rest] == [21, 22, 28, 29]


def test_no_cards_is_a_bare_bench():
    assert lay_out([], TODAY, worked).bare
    assert not lay_out([Stuck("s", rows=[Row("x")])], TODAY, worked).bare


def plain(page, slug):
    """A page without its address and its token."""
    without = re.sub(r'(csrf_token" value=|X-CSRFToken": ?)"[^"]+"', "", page.text)
    return without.replace(slug, "x")


def worked(day):
    return day.weekday() < 5


def full_bench(today):
    """Every kind of card, as rooms above will hand them in."""
    days = {today + timedelta(days=n): n + 1 for n in (0, 3, 4, 5)}
    steps = [Step("发出", 83), Step("有效送达", 76, lost="未送达7"), Step("书面答复", 52)]
    rows = [
        Row(
            "荆州荷塘里小龙虾餐饮",
            url="/x",
            date=today,
            what="要约答复时限",
            act="看4家",
            mine=True,
        ),
        Row("荆州驰远汽车销售服务", url="/y", date=today - timedelta(days=1), note="指导员周远航"),
    ]
    return [
        Tide("答复时限", days=days, url=lambda day: f"/d?{day}"),
        Tide("报送、公布、监督等", days={today: 2}),
        Due("要约", rows=rows, link="/all", link_words="全部待办（31）"),
        Stuck(
            "要约", rows=[Row("北湖渔家餐饮", url="/z", reason="没有有效送达", waits_for="指导员")]
        ),
        Card("昨天以后", rows=[Row("荆州临江阁大饭店网上答复")], place="main"),
        Funnel(
            "餐饮住宿业双要约", note="荆工要〔2026〕14号", steps=steps, foot="按企业计", link="/c"
        ),
        Card("答复时限将届满", figure=24, link="/soon", rows=[Row("楚灶香", date=today)]),
    ]


def test_every_kind_of_card_is_drawn(app, ours, as_):
    with app.test_request_context(ours.url("/")):
        g.tenant = tenancy.find(ours.slug)
        bench = lay_out(full_bench(TODAY), TODAY, worked)
        text = render_template(
            "workbench/index.html",
            bench=bench,
            legend=[("c1", "答复时限"), ("c3", "其他")],
            kind_of=lambda card: "funnel" if isinstance(card, Funnel) else "list",
            role=role_name("officer"),
            before=None,
            may=lambda _: False,
            May=May,
            current_user=Person(),
        )
    for words in ("荆州荷塘里", "北湖渔家餐饮", "未送达7", "全部待办（31）", "荆工要〔2026〕14号"):
        assert words in text
    assert text.count("<li class=") >= 12
    folds = re.findall(r'id="(\w+(?:-\d)?)">\s*<details( open)?>', text)
    assert [name for name, open_ in folds if open_] == ["due"]  # on a phone the rest is folded
    assert {"stuck", "main-1", "aside-2"} <= {name for name, _ in folds}
    counts = text.split('<nav class="y-counts"')[1].split("</nav>")[0]
    assert '<a href="#aside-2-in"><b>24</b>' in counts
