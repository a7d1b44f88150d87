"""The page of a case: read once, acts that say each thing once, a course that stays readable."""

import re

import pytest

import blueprints.bargaining.room  # noqa: F401 - the parts hand in their doors
from blueprints.bargaining.demands.actions import PAPER, take_paper
from blueprints.bargaining.ground.contributions import doors
from blueprints.bargaining.ground.signature_models import Party
from blueprints.registry.courses import RUN, SHOWN, in_runs
from blueprints.shared.read_once import read_once, reading
from rules.procedure import machines
from tenants import trail
from tenants.db import db
from tenants.files import store
from tenants.trail import named
from tests.bargaining.table_world import MET, PDF, SIGNED, opened, table, voting
from tests.bargaining.world import asked_by

MOST = 40  # statements, as of every other page


def test_a_door_brings_only_conditions_of_its_own_act():
    needs = {step.event: set(step.needs) for step in machines()["case"].steps}
    strange = {d.event: set(d.brings) - needs[d.event] for d in doors().values() if d.brings}
    assert [one for one in strange.items() if one[1]] == []


def test_a_query_marked_so_is_sent_once_within_a_page_and_always_outside():
    sent = []
    ask = read_once(lambda ident: sent.append(ident) or len(sent))
    assert (ask(1), ask(1)) == (1, 2)
    with reading():
        assert (ask(1), ask(1), ask(2)) == (3, 3, 4)
    assert ask(1) == 5


@pytest.mark.parametrize("far", ["opened", "met", "signed"])
def test_the_page_asks_no_more_than_any_other_however_far_the_case_has_come(ours, as_, far):
    case = opened(ours)
    if far == "met":
        case.meet().write()
    if far == "signed":
        case.meet().write().agree().convene().count().sign(Party.WORKERS, Party.EMPLOYER)
    browser = as_(ours.officer)
    address = ours.url(f"/cases/{case.case_id}")
    browser.get(address)
    assert asked_by(ours, browser, address) <= MOST


def acts_on_the_page(page: str) -> tuple[list[str], list[str], list[str]]:
    """What can be done in its order, what cannot, and every reason that is given."""
    card = page[page.index('id="acts-h"') :]
    card = card[: card.index("</section>")]
    opened = re.findall(r'<li class="one"><a class="btn btn-sm [\w-]+" [^>]*>(.*?)</a>', card)
    closed = re.findall(r'<li class="off"><span>.*?</svg> (.*?)</span>', card, re.DOTALL)
    whys = [re.sub(r"\s+", " ", why).strip() for why in re.findall(
        r'<span class="why">(.*?)</span>', card, re.DOTALL)]  # fmt: skip
    return opened, closed, whys


def test_what_goes_on_stands_above_what_hands_the_case_to_others_and_says_each_thing_once(
    ours, as_
):
    case = opened(ours).meet()
    page = as_(ours.officer).get(ours.url(f"/cases/{case.case_id}")).text
    acts, _closed, whys = acts_on_the_page(page)
    assert acts == ["Agree a draft", "Suspend", "Apply for coordination"]
    mains = re.findall(r'btn-primary" href="([^"]+)"', page)
    assert [one.rpartition("/")[2] for one in mains if "/cases/" in one] == ["agreeing"]
    for why in whys:
        sentences = [part.strip() for part in why.split(".") if part.strip()]
        assert len(sentences) == len(set(sentences)), why
        assert "Both sides must agree" not in why


def test_before_the_vote_is_counted_signing_is_closed_with_the_reason(ours, as_):
    case = voting(ours)
    page = as_(ours.officer).get(ours.url(f"/cases/{case.case_id}")).text
    acts, closed, whys = acts_on_the_page(page)
    assert "Sign" in closed
    assert "Sign" not in acts
    assert any("every voting unit must have passed" in why for why in whys)


def test_equal_acts_of_a_day_are_one_line_that_opens_also_where_others_stand_between(ours, as_):
    case = table(ours)
    with case.at(SIGNED):
        for number in range(RUN + 1):
            trail.record("signing.sealed", case.case, enterprise=f"示例{number}店")
            trail.record("signing.links_made", case.case, enterprises=number)
        db.session.commit()
    with case.at("2026-05-21"):
        trail.record("signing.sealed", case.case, enterprise="示例后来店")
        db.session.commit()
    page = as_(ours.officer).get(ours.url(f"/cases/{case.case_id}")).text
    course = page[page.index('id="course"') :]
    assert f"{RUN + 1} ×" in course
    assert (
        course.count("recorded the act of an enterprise") == 2 + RUN + 1
    )  # two lines, and one by one
    for number in range(RUN + 1):
        assert f"示例{number}店" in course
    assert in_runs([]) == []


def test_a_long_course_is_folded_after_the_newest_lines(ours, as_):
    case = table(ours)
    for number in range(SHOWN + 5):
        with case.at(f"2026-06-{number + 1:02}"):
            trail.record("case.bound", case.case, note=str(number))
            db.session.commit()
    assert "earlier lines" in as_(ours.officer).get(ours.url(f"/cases/{case.case_id}")).text


def test_a_summary_on_paper_is_shown_and_nobody_is_told_that_none_was_asked(ours, as_):
    case = opened(ours)
    browser, address = as_(ours.officer), ours.url(f"/cases/{case.case_id}")
    assert "Nobody has been asked yet" in browser.get(address).text
    with case.at(MET):
        paper = store(PDF, "诉求汇总.pdf", purpose=PAPER, subject=named(case.case))
        take_paper(case.case, paper.id)
        db.session.commit()
    page = browser.get(address).text
    assert "Nobody has been asked yet" not in page
    assert "Summary on paper" in page
