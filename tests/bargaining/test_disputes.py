"""A dispute from the application to its outcome, by the clock of the place it is in."""

import io
from datetime import date

import pytest

from blueprints.bargaining.disputes import actions as disputes
from blueprints.bargaining.disputes import clocks as dispute_clocks
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.dispute_models import Dispute
from rules.deadlines import Due
from tenants import trail
from tenants.db import db
from tests.architecture.furnished import PDF
from tests.bargaining.table_world import opened
from tests.offers.world import instant
from tests.world import found

APPLIED, TAKEN_UP = "2026-05-08", "2026-05-11"
TYPED = {"applicant": "workers", "authority": "示范市人社局", "matter": "工资调整幅度",
         "applied_on": APPLIED}  # fmt: skip
ENDED = {"outcome": "双方未达成一致"}


class Stuck:
    """A case whose meeting brought nothing, and the officer who takes it to the authority."""

    def __init__(self, federation, as_):
        self.federation, self.as_ = federation, as_
        self.table = opened(federation).meet()

    def send(self, path, day, **typed):
        with self.federation.scope(at=instant(day, 10)):
            return self.as_(self.federation.officer).post(self.federation.url(path), data=typed)

    def page(self, day=TAKEN_UP):
        with self.federation.scope(at=instant(day, 10)):
            path = self.federation.url(f"/disputes/{self.row().id}")
            return self.as_(self.federation.officer).get(path).text

    def apply(self, **more):
        path = f"/cases/{self.table.case_id}/table/dispute"
        return self.send(path, APPLIED, **{**TYPED, **more})

    def act(self, name, day=TAKEN_UP, **typed):
        return self.send(f"/disputes/{self.row().id}/{name}", day, **typed)

    def row(self) -> Dispute:
        with self.federation.scope():
            return disputes.disputes_of(self.table.case_id)[0]

    def clock(self):
        with self.federation.scope():
            return dispute_clocks.clock_of(self.row().id)

    def state(self):
        with self.federation.scope():
            return queries.get_case(self.table.case_id).state

    def verbs(self):
        with self.federation.scope():
            return [one.verb for one in trail.of(("bargaining_case", self.table.case_id))]


@pytest.fixture
def stuck(ours, as_):
    """In Hubei, whose own rule on disputes nobody has verified."""
    return Stuck(ours, as_)


@pytest.fixture
def in_chongqing(app, as_):
    return Stuck(found(app, division="500000"), as_)


def test_two_places_count_by_their_own_rules_and_say_so(stuck, theirs, in_chongqing, as_):
    """Zhejiang 30 and 15 days; Chongqing 60 and 30: each with its derivation."""
    hangzhou = Stuck(theirs, as_)
    for place, first, days, later, name in (
        (hangzhou, date(2026, 6, 10), "15", date(2026, 6, 25), "Zhejiang"),
        (in_chongqing, date(2026, 7, 10), "30", date(2026, 8, 10), "Chongqing"),
    ):
        assert place.apply().status_code == 303
        assert place.state() == "dispute_making"
        assert place.act("acceptance", on=TAKEN_UP).status_code == 303
        clock = place.clock()
        assert clock.due_on == first
        due = Due.from_json(clock.derivation)
        assert name in due.citation.en
        assert due.steps
        assert name in place.page()
        assert "not confirmed" not in place.page()
        more = place.act("extension", days=days, reason="案情复杂")
        assert more.status_code == 303
        assert place.clock().due_on == later


@pytest.mark.parametrize(("days", "says"), [("16", "at most 15 days"), ("0", "Number must be")])
def test_more_time_than_the_place_allows_is_refused_with_the_article(theirs, as_, days, says):
    place = Stuck(theirs, as_)
    place.apply()
    place.act("acceptance", on=TAKEN_UP)
    refused = place.act("extension", days=days, reason="案情复杂")
    assert refused.status_code == 422
    assert says in refused.text
    assert "案情复杂" in refused.text
    assert place.row().extended_days is None


def test_more_time_is_given_once(stuck):
    stuck.apply()
    stuck.act("acceptance", on=TAKEN_UP)
    assert stuck.act("extension", days="10", reason="案情复杂").status_code == 303
    again = stuck.act("extension", days="5", reason="再延长")
    assert again.status_code == 422
    assert "extended once already" in again.text


def test_where_the_rule_is_not_confirmed_the_case_ends_only_after_the_longest_known(stuck):
    """Thirty days to be reminded by; the sixty of Chongqing before anything is ended."""
    stuck.apply()
    stuck.act("acceptance", on=TAKEN_UP)
    assert stuck.clock().due_on == date(2026, 6, 10)
    page = stuck.page()
    assert "National default, local rule not confirmed" in page
    assert "The case cannot be ended before" in page
    early = stuck.act("end", "2026-06-11", on="2026-06-11", **ENDED)
    assert early.status_code == 422
    assert "runs until 2026-07-10" in early.text
    assert stuck.state() == "dispute_making"
    assert "The settlement period ended on 2026-06-10." in stuck.page("2026-06-11")
    assert stuck.act("end", "2026-07-11", on="2026-07-11", **ENDED).status_code == 303
    assert stuck.state() == "lapsed"
    with stuck.federation.scope():
        case = queries.get_case(stuck.table.case_id)
        assert (case.closed_on, case.closed_reason) == (date(2026, 7, 11), ENDED["outcome"])


def test_a_confirmed_period_that_ran_out_ends_the_case(theirs, as_):
    place = Stuck(theirs, as_)
    place.apply()
    place.act("acceptance", on=TAKEN_UP)
    assert place.act("end", "2026-06-10", on="2026-06-10", **ENDED).status_code == 422
    assert place.act("end", "2026-06-11", on="2026-06-11", **ENDED).status_code == 303
    assert place.state() == "lapsed"
    assert "This application is over already." in place.page("2026-06-11")


def test_a_settlement_is_on_file_and_bargaining_goes_on(stuck):
    stuck.apply(paper=(io.BytesIO(PDF), "申请书.pdf"))
    stuck.act("acceptance", on=TAKEN_UP)
    said = {"on": "2026-05-20", "outcome": "涨幅定为百分之五"}
    bare = stuck.act("settlement", "2026-05-20", **said)
    assert bare.status_code == 422
    assert "Attach the settlement." in bare.text
    paper = (io.BytesIO(PDF), "协调处理协议书.pdf")
    assert stuck.act("settlement", "2026-05-20", **said, paper=paper).status_code == 303
    assert stuck.state() == "negotiating"
    page = stuck.page("2026-05-20")
    assert "协调处理协议书.pdf" in page
    assert "申请书.pdf" in page
    verbs = stuck.verbs()
    assert [verb for verb in verbs[::-1] if verb.startswith("dispute.")] == [
        "dispute.applied", "dispute.accepted", "dispute.settled",
    ]  # fmt: skip


@pytest.mark.parametrize(("act", "state"), [("refusal", "refused"), ("withdrawal", "withdrawn")])
def test_an_application_put_aside_brings_the_parties_back_to_the_table(stuck, act, state):
    stuck.apply()
    assert stuck.act(act, on=TAKEN_UP, outcome="双方愿意继续协商").status_code == 303
    assert stuck.state() == "negotiating"
    assert stuck.row().state == state
    assert "dispute.put_aside" in stuck.verbs()
    assert stuck.apply(applied_on="2026-05-08").status_code == 303, "it may be applied for again"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"applied_on": "2026-05-09"}, "has not come yet"),
        ({"authority": " "}, "Please fill in this field"),
        ({"matter": ""}, "Please fill in this field"),
        ({"applicant": "nobody"}, "Not a valid choice"),
        ({"paper": (io.BytesIO(b"MZ\x90"), "申请书.pdf")}, "PDF"),
    ],
)
def test_an_application_that_cannot_be_is_refused_and_nothing_is_lost(stuck, typed, says):
    refused = stuck.apply(**typed)
    assert refused.status_code == 422
    assert says in refused.text
    assert stuck.state() == "negotiating"


def test_steps_out_of_turn_say_why(stuck):
    stuck.apply()
    for act, typed, says in (
        ("extension", {"days": "5", "reason": "复杂"}, "not taken up yet"),
        ("end", {"on": TAKEN_UP, **ENDED}, "not taken up yet"),
        ("acceptance", {"on": "2026-05-07"}, "cannot be right"),
        ("acceptance", {"on": "2026-05-12"}, "cannot be right"),
    ):
        refused = stuck.act(act, **typed)
        assert refused.status_code == 422, act
        assert says in refused.text, act
    stuck.act("acceptance", on=TAKEN_UP)
    refused = stuck.act("refusal", on=TAKEN_UP, outcome="不予受理")
    assert refused.status_code == 422
    assert "taken up already" in refused.text


def test_a_case_that_is_not_stuck_is_no_dispute(ours, as_):
    table = opened(ours)
    path = ours.url(f"/cases/{table.case_id}/table/dispute")
    with ours.scope(at=instant(APPLIED, 10)):
        refused = as_(ours.officer).post(path, data=TYPED)
    assert refused.status_code == 422
    assert "stuck, refused or unanswered" in refused.text


def test_henan_wants_it_taken_up_within_five_working_days(app, as_):
    """Saturday the 9th is worked in place of a holiday and counts."""
    place = Stuck(found(app, division="410100"), as_)
    place.apply()
    assert "To be taken up by" in place.page()
    assert "It was to be taken up by 2026-05-14." not in place.page("2026-05-14")
    assert "It was to be taken up by 2026-05-14." in place.page("2026-05-15")
    assert place.act("acceptance", "2026-05-20", on="2026-05-20").status_code == 303
    assert "It was to be taken up by 2026-05-14." in place.page("2026-05-20")


def test_the_workbench_reminds_of_an_application_until_it_is_over(stuck):
    def bench(day):
        with stuck.federation.scope(at=instant(day, 10)):
            return stuck.as_(stuck.federation.officer).get(stuck.federation.url("/")).text

    assert "示范市人社局" not in bench(APPLIED)
    stuck.apply()
    assert "To be taken up by" in bench(APPLIED)
    stuck.act("acceptance", on=TAKEN_UP)
    assert "To be settled by" in bench(TAKEN_UP)
    stuck.act("withdrawal", on=TAKEN_UP, outcome="双方愿意继续协商")
    assert "示范市人社局" not in bench(TAKEN_UP)


def test_another_federation_finds_no_dispute(stuck, theirs, as_):
    stuck.apply()
    path = theirs.url(f"/disputes/{stuck.row().id}")
    for address in (path, f"{path}/acceptance", f"{path}/end"):
        assert as_(theirs.officer).get(address).status_code == 404
    auditor = stuck.as_(stuck.federation.auditor)
    own = stuck.federation.url(f"/disputes/{stuck.row().id}")
    assert auditor.get(own).status_code == 200
    assert auditor.post(f"{own}/withdrawal", data={"on": APPLIED, **ENDED}).status_code == 403
    with stuck.federation.scope():
        assert db.session.get_one(Dispute, (stuck.federation.id, stuck.row().id)).ended_on is None
