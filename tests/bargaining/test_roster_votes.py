"""The workers' vote on their roster: asked for where the place asks, counted by its share."""

import io

import pytest

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.team_models import Side
from blueprints.bargaining.teams import actions as team_actions
from blueprints.bargaining.teams import roster_votes
from blueprints.bargaining.teams.composition import findings_of, of_the_teams
from tenants import trail
from tenants.db import db
from tests.architecture.furnished import PDF
from tests.bargaining.test_teams import FACTS
from tests.bargaining.world import WHEN, by_hand, joined
from tests.world import found

SCAN = "认可记录.pdf"
TYPED = {
    "assembly": "congress", "held_on": "2026-03-19", "place": "职工之家", "electorate": "90",
    "present": "81", "in_favour": "46", "against": "20", "abstained": "15",
}  # fmt: skip


def put_up(federation, case, names="赵钱孙", chosen="union_appointed"):
    """The union names the workers' side; the ids of those it named."""
    with federation.scope(at=WHEN):
        kept = queries.get_case(case.id, lock=True)
        people = [
            team_actions.choose(kept, Side.WORKERS, {
                **FACTS, "name": f"{one}某某", "chief": n == 0, "chosen": chosen,
                "electorate": None, "votes_for": None,
            }).id
            for n, one in enumerate(names)
        ]  # fmt: skip
        db.session.commit()
    return people


def said_of(federation, case):
    with federation.scope(at=WHEN):
        kept = queries.get_case(case.id)
        return {f.text.en: f.article.en for f in findings_of(kept) if f.subject == Side.WORKERS}


def vote(federation, as_, case, listed, **typed):
    address = federation.url(f"/cases/{case.id}/roster-votes")
    data = {**TYPED, "people": [str(one) for one in listed], **typed}
    return as_(federation.officer).post(address, data=data)


def missing(as_, federation, case):
    """Whether the trace file names the record of the vote among what is still to come."""
    page = as_(federation.officer).get(federation.url(f"/cases/{case.id}/trace")).text
    return "Record the vote and upload its minutes." in page


def test_a_trade_in_hangzhou_puts_the_unions_list_to_the_joint_congress(theirs, as_):
    case = joined(theirs)
    people = put_up(theirs, case)
    article = said_of(theirs, case)[
        "The workers have not voted on the list of their representatives yet."
    ]
    assert "Hangzhou" in article
    assert "32" in article
    form = as_(theirs.officer).get(theirs.url(f"/cases/{case.id}/roster-votes/new"))
    assert article in form.text
    assert vote(theirs, as_, case, people, record=(io.BytesIO(PDF), SCAN)).status_code == 303
    assert not any("voted" in one or "record of the vote" in one for one in said_of(theirs, case))
    page = as_(theirs.officer).get(theirs.url(f"/cases/{case.id}/teams")).text
    assert "46 in favour, 20 against, 15 abstained" in page
    assert "46 of all 90; 81 were present" in page
    assert SCAN in page


def test_half_is_too_few_where_the_place_asks_for_more_than_half(theirs, as_):
    case = joined(theirs)
    people = put_up(theirs, case)
    vote(theirs, as_, case, people, in_favour="45")
    words = said_of(theirs, case)
    assert "28" in words["The list has 45 votes; of 90, 46 must agree."]
    assert "The record of the vote on the list is missing." in words
    page = as_(theirs.officer).get(theirs.url(f"/cases/{case.id}/teams")).text
    assert "not passed" in page
    with theirs.scope(at=WHEN):
        assert not of_the_teams(queries.get_case(case.id))["teams_complete"]


def test_whoever_is_put_up_after_the_vote_is_voted_on_again(theirs, as_):
    case = joined(theirs)
    people = put_up(theirs, case)
    vote(theirs, as_, case, people)
    with theirs.scope(at=WHEN):
        kept = queries.get_case(case.id, lock=True)
        more = team_actions.choose(kept, Side.WORKERS, {
            **FACTS, "name": "李某某", "chosen": "union_appointed", "electorate": None,
            "votes_for": None,
        }).id  # fmt: skip
        db.session.commit()
    assert any(
        "Not on the list the workers voted on: 李某某" in one for one in said_of(theirs, case)
    )
    vote(theirs, as_, case, [*people, more], held_on="2026-03-20")
    assert not any("Not on the list" in one for one in said_of(theirs, case))


def test_those_the_congress_elected_need_no_second_vote(theirs):
    case = joined(theirs)
    put_up(theirs, case, chosen="elected_congress")
    assert not any("voted" in one for one in said_of(theirs, case))


def test_where_no_rule_asks_a_vote_may_be_recorded_and_nothing_is_missing(ours, as_):
    case = joined(ours)
    people = put_up(ours, case)
    assert not any("voted" in one for one in said_of(ours, case))
    page = as_(ours.officer).get(ours.url(f"/cases/{case.id}/teams")).text
    assert "Not asked for as the team was chosen" in page
    assert vote(ours, as_, case, people).status_code == 303
    assert not missing(as_, ours, case)


def test_an_enterprise_in_shandong_has_its_list_voted_on(app, as_):
    """Shandong, article 8: the union nominates, and more than half of all agree."""
    place = found(app, division="370100")
    case = by_hand(place)
    put_up(place, case)
    article = said_of(place, case)[
        "The workers have not voted on the list of their representatives yet."
    ]
    assert "art. 8" in article
    assert missing(as_, place, case)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"present": "91"}, "More than the 90 entitled"),
        ({"in_favour": "80"}, "115 votes in all, and only 81 were present"),
        ({"held_on": "2099-01-01"}, "has not come yet"),
        ({"assembly": ""}, "Please fill in this field"),
        ({"people": []}, "Please fill in this field"),
        ({"record": (io.BytesIO(b"MZ\x90"), SCAN)}, "PDF"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(theirs, as_, typed, says):
    case = joined(theirs)
    people = put_up(theirs, case)
    refused = vote(theirs, as_, case, people, **typed)
    assert refused.status_code == 422
    assert says in refused.text
    assert "职工之家" in refused.text
    with theirs.scope(at=WHEN):
        assert roster_votes.votes_of(case.id) == []


def test_an_entry_made_by_mistake_is_struck_out_once_and_counts_no_more(theirs, as_):
    case = joined(theirs)
    people = put_up(theirs, case)
    vote(theirs, as_, case, people)
    with theirs.scope(at=WHEN):
        ident = roster_votes.votes_of(case.id)[0].id
    address = theirs.url(f"/cases/{case.id}/roster-votes/{ident}/correction")
    browser = as_(theirs.officer)
    assert browser.get(address).status_code == 200
    assert browser.post(address, data={"reason": " "}).status_code == 422
    assert browser.post(address, data={"reason": "票数录错"}).status_code == 303
    again = browser.post(address, data={"reason": "再次"})
    assert again.status_code == 422
    assert "struck out already" in again.text
    assert any("have not voted" in one for one in said_of(theirs, case))
    page = browser.get(theirs.url(f"/cases/{case.id}/teams")).text
    assert "票数录错" in page
    with theirs.scope(at=WHEN):
        verbs = [event.verb for event in trail.of(("bargaining_case", case.id))]
    assert {"roster.voted", "roster.vote_struck"} <= set(verbs)


def test_the_vote_of_another_federation_or_case_is_not_there(ours, theirs, as_):
    case, other = joined(ours), by_hand(ours)
    people = put_up(ours, case)
    vote(ours, as_, case, people)
    with ours.scope(at=WHEN):
        ident = roster_votes.votes_of(case.id)[0].id
    for federation, number in ((theirs, case.id), (ours, other.id)):
        address = federation.url(f"/cases/{number}/roster-votes/{ident}/correction")
        assert as_(federation.officer).get(address).status_code == 404
