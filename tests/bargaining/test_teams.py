"""Who bargains: rosters as they are, the law beside them, vacancies, posting, protection."""

import io
from datetime import date, timedelta

import pytest

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.team_models import Side
from blueprints.bargaining.teams import actions as team_actions
from blueprints.bargaining.teams.composition import findings_of, of_the_teams
from rules.broken import RuleBroken
from tenants.db import db
from tests.architecture.furnished import PDF
from tests.bargaining.world import OPENED, WHEN, by_hand, joined
from tests.world import found

FACTS = {
    "title": None, "seat": "member", "chief": False, "outsider": False, "groups": [], "roles": [],
    "chosen": "elected_congress", "chosen_on": OPENED, "electorate": 90, "votes_for": 60,
    "enterprise_id": None, "phone": None, "email": None, "note": None, "replaces_id": None,
    "protected_until": None, "protection_basis": None,
}  # fmt: skip
TYPED = {
    "name": "赵某某", "title": "服务员", "seat": "member", "chosen": "elected_congress",
    "chosen_on": "2026-03-18", "electorate": "90", "votes_for": "61", "enterprise_id": "",
    "replaces_id": "",
}  # fmt: skip


def seat(case, side, name, **more):
    chosen = "elected_congress" if side == Side.WORKERS else "employer_appointed"
    return team_actions.choose(case, side, {**FACTS, "chosen": chosen, "name": name, **more})


def full(federation, case):
    """Three on each side, one chief each."""
    with federation.scope(at=WHEN):
        kept = queries.get_case(case.id, lock=True)
        for side, letters in ((Side.WORKERS, "赵钱孙"), (Side.EMPLOYER, "陈刘周")):
            for n, letter in enumerate(letters):
                seat(kept, side, f"{letter}某某", chief=n == 0)
        db.session.commit()


def test_full_teams_meet_the_conditions_and_the_page_says_so(ours, as_):
    case = joined(ours)
    full(ours, case)
    with ours.scope(at=WHEN):
        kept = queries.get_case(case.id)
        assert of_the_teams(kept) == {"teams_complete": True, "composition_met": True}
        assert [finding.blocks for finding in findings_of(kept)] == [False] * 3
    page = as_(ours.officer).get(ours.url(f"/cases/{case.id}/teams"))
    assert "赵某某" in page.text
    assert "The record of the election of 赵某某 is not on file" in page.text


def test_unequal_teams_are_recorded_as_they_are_with_the_article_beside_them(ours, as_):
    case = joined(ours)
    full(ours, case)
    with ours.scope(at=WHEN):
        seat(queries.get_case(case.id, lock=True), Side.EMPLOYER, "吴某某")
        db.session.commit()
    page = as_(ours.officer).get(ours.url(f"/cases/{case.id}/teams"))
    assert "Both sides need the same number; they have 3 and 4." in page.text
    assert "art. 19" in page.text


def test_a_place_with_odd_teams_finds_an_even_one(app):
    """Jilin: three to nine on each side, and the number odd."""
    place = found(app, division="220100")
    case = joined(place)
    with place.scope(at=WHEN):
        kept = queries.get_case(case.id, lock=True)
        for letter in "赵钱孙李":
            seat(kept, Side.WORKERS, f"{letter}某某")
        words = [finding.text.en for finding in findings_of(kept)]
    assert any("the number must be odd" in line for line in words)


def test_where_the_law_wants_an_election_an_appointment_is_a_finding(theirs):
    case = by_hand(theirs)
    with theirs.scope(at=WHEN):
        kept = queries.get_case(case.id, lock=True)
        seat(kept, Side.WORKERS, "赵某某", chosen="union_appointed")
        found_ = {finding.text.en: finding.article for finding in findings_of(kept)}
    article = found_["赵某某 was not elected by the workers or their congress."]
    assert "Hangzhou" in article.en


def test_in_a_trade_the_union_of_the_trade_may_name_the_workers_side(theirs):
    """Zhejiang, article 12: what binds one enterprise does not bind an industry."""
    case = joined(theirs)
    with theirs.scope(at=WHEN):
        kept = queries.get_case(case.id, lock=True)
        seat(kept, Side.WORKERS, "赵某某", chosen="union_appointed")
        assert not any("was not elected" in finding.text.en for finding in findings_of(kept))


def test_in_a_trade_in_chongqing_the_union_holds_an_election(app):
    place = found(app, division="500000")
    case = joined(place)
    with place.scope(at=WHEN):
        kept = queries.get_case(case.id, lock=True)
        seat(kept, Side.WORKERS, "赵某某", chosen="union_appointed")
        articles = {finding.text.en: finding.article.en for finding in findings_of(kept)}
    assert "43" in articles["赵某某 was not elected by the workers or their congress."]


def test_votes_are_counted_by_the_share_the_place_asks_for(ours, theirs):
    """Of 90: at least half is 45 in Hubei, more than half is 46 in Hangzhou."""
    for federation, enough in ((ours, True), (theirs, False)):
        case = by_hand(federation)
        with federation.scope(at=WHEN):
            kept = queries.get_case(case.id, lock=True)
            seat(kept, Side.WORKERS, "赵某某", electorate=90, votes_for=45)
            words = [finding.text.en for finding in findings_of(kept)]
        assert ("赵某某 has 45 votes of 90; 46 are needed." not in words) is enough


def test_the_same_person_is_not_on_both_sides(ours):
    case = joined(ours)
    with ours.scope(at=WHEN):
        kept = queries.get_case(case.id, lock=True)
        seat(kept, Side.WORKERS, "赵某某")
        seat(kept, Side.EMPLOYER, "赵某某")
        assert any("both sides" in finding.text.en for finding in findings_of(kept))


def test_union_staff_and_an_outside_chief_are_findings(ours):
    case = joined(ours)
    with ours.scope(at=WHEN):
        kept = queries.get_case(case.id, lock=True)
        seat(kept, Side.EMPLOYER, "陈某某", chief=True, outsider=True)
        found = [finding.text.en for finding in findings_of(kept)]
    assert "An external representative cannot be chief." in found
    assert any("more than 1/3" in line for line in found)


def test_a_side_has_one_chief(ours):
    case = joined(ours)
    with ours.scope(at=WHEN):
        kept = queries.get_case(case.id, lock=True)
        seat(kept, Side.WORKERS, "赵某某", chief=True)
        with pytest.raises(RuleBroken, match="is the chief"):
            seat(kept, Side.WORKERS, "钱某某", chief=True)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"votes_for": "91"}, "More votes than the 90 entitled"),
        ({"electorate": ""}, "how many were entitled"),
        ({"chosen_on": "2099-01-01"}, "has not come yet"),
        ({"chief": "y", "seat": "adviser"}, "Only a representative"),
        ({"email": "not an address"}, "not an e-mail address"),
    ],
)
def test_a_slip_of_the_pen_is_shown_beside_its_field_and_nothing_is_lost(ours, as_, typed, says):
    case = joined(ours)
    address = ours.url(f"/cases/{case.id}/teams/workers")
    refused = as_(ours.officer).post(address, data={**TYPED, **typed})
    assert refused.status_code == 422
    assert says in refused.text
    assert "赵某某" in refused.text


def test_a_representative_is_entered_with_the_record_of_the_election(ours, as_):
    case = joined(ours)
    browser = as_(ours.officer)
    address = ours.url(f"/cases/{case.id}/teams/workers")
    form = ours.url(f"/cases/{case.id}/teams/workers/new")
    assert browser.get(form).status_code == 200
    done = browser.post(address, data={**TYPED, "record": (io.BytesIO(PDF), "选举.pdf")})
    assert done.status_code == 303
    page = browser.get(ours.url(f"/cases/{case.id}/teams"))
    assert "选举.pdf" in page.text
    wrong = browser.post(address, data={**TYPED, "record": (io.BytesIO(b"MZ\x90"), "选举.pdf")})
    assert wrong.status_code == 422


def test_a_vacant_seat_has_a_clock_until_it_is_filled(ours, as_):
    case = joined(ours)
    full(ours, case)
    with ours.scope(at=WHEN):
        kept = queries.get_case(case.id, lock=True)
        gone = queries.representatives_of(case.id, Side.WORKERS)[1]
        team_actions.depart(kept, gone, OPENED, "调离")
        assert gone.vacancy_due_on <= OPENED + timedelta(days=15 + 3)
        assert [one.id for one in team_actions.vacancies(case.id)] == [gone.id]
        seat(kept, Side.WORKERS, "郑某某", replaces_id=gone.id)
        assert team_actions.vacancies(case.id) == []
        db.session.commit()
    assert "调离" in as_(ours.officer).get(ours.url(f"/cases/{case.id}/teams")).text


def test_a_posting_that_was_too_short_is_recorded_and_said(theirs, as_):
    case = joined(theirs)
    address = theirs.url(f"/cases/{case.id}/roster")
    typed = {"on": "2026-03-20", "until": "2026-03-20", "place": "公司公告栏"}
    done = as_(theirs.officer).post(address, data=typed)
    assert done.status_code == 303
    with theirs.scope():
        team = queries.team_of(case.id, Side.WORKERS)
        assert team.posted_on == date(2026, 3, 20)
        short = team_actions.posting_is_short(team)
    page = as_(theirs.officer).get(theirs.url(f"/cases/{case.id}/teams"))
    assert ("Posted for less time than the rule asks" in page.text) is short


def test_the_roster_and_the_form_for_the_election_print(ours, as_):
    case = joined(ours)
    full(ours, case)
    browser = as_(ours.officer)
    for paper in ("roster", "election"):
        made = browser.get(ours.url(f"/cases/{case.id}/papers/{paper}.pdf"))
        assert made.data.startswith(b"%PDF"), paper


def test_another_federation_finds_no_team(ours, theirs, as_):
    case = joined(ours)
    address = theirs.url(f"/cases/{case.id}/teams")
    assert as_(theirs.officer).get(address).status_code == 404
