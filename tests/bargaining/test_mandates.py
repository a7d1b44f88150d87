"""Mandates: one per enterprise, as it came, with what it lacks; missing ones printed as forms."""

import io
from datetime import date

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.models import Part
from blueprints.bargaining.mandates import actions as mandate_actions
from blueprints.bargaining.mandates.actions import wanted
from tenants.db import db
from tests.architecture.furnished import PDF
from tests.bargaining.world import WHEN, asked_by, by_hand, joined
from tests.offers.world import enterprise, instant

TYPED = {
    "agent": "李某某", "agent_title": "协会秘书长", "association_id": "", "matter": "2027年度工资",
    "powers": ["attend", "agree"], "signed_on": "2026-03-20", "from_on": "2026-03-20",
    "to_on": "2026-12-31", "delegated_by": "",
}  # fmt: skip


def agreeing(federation, case):
    """The enterprises of a case that agreed to bargain."""
    with federation.scope():
        rows = queries.enterprises_of(case.id)
    return [row for row in rows if row.part == Part.RECOGNISING]


def given(federation, as_, case, row, **typed):
    address = federation.url(f"/cases/{case.id}/enterprises/{row.enterprise_id}/mandate")
    data = {**TYPED, "sealed": "y", "scan": (io.BytesIO(PDF), "委托书.pdf"), **typed}
    return as_(federation.officer).post(address, data=data)


def test_who_agreed_and_gave_no_mandate_is_listed_and_who_refused_is_not_waited_for(ours, as_):
    case = joined(ours)
    with ours.scope(at=WHEN):
        kept = queries.get_case(case.id)
        assert sum(one.missing for one in wanted(kept)) == 3
    page = as_(ours.officer).get(ours.url(f"/cases/{case.id}/mandates?group=missing"))
    assert page.text.count("missing</span>") >= 3
    assert "3 mandates are missing" in as_(ours.officer).get(ours.url(f"/cases/{case.id}")).text


def test_a_complete_mandate_is_in_force_and_the_enterprise_counts_as_mandated(ours, as_):
    case = joined(ours)
    row = agreeing(ours, case)[0]
    assert given(ours, as_, case, row).status_code == 303
    with ours.scope(at=WHEN):
        mandate = queries.standing_mandates(case.id)[row.enterprise_id]
        assert mandate.state == "active"
        assert queries.get_part(queries.get_case(case.id), row.enterprise_id).part == Part.MANDATED
        assert sum(one.missing for one in wanted(queries.get_case(case.id))) == 2


def test_a_paper_without_powers_or_seal_is_kept_as_it_came_and_still_missing(ours, as_):
    case = joined(ours)
    row = agreeing(ours, case)[0]
    address = ours.url(f"/cases/{case.id}/enterprises/{row.enterprise_id}/mandate")
    bare = {key: value for key, value in TYPED.items() if key != "powers"}
    assert as_(ours.officer).post(address, data=bare).status_code == 303
    page = as_(ours.officer).get(ours.url(f"/cases/{case.id}/mandates"))
    assert "does not name its powers" in page.text
    assert "neither signature nor seal" in page.text
    assert "Civil Code" in page.text
    with ours.scope(at=WHEN):
        assert sum(one.missing for one in wanted(queries.get_case(case.id))) == 3


def test_a_seal_is_seen_on_a_scan(ours, as_):
    case = joined(ours)
    row = agreeing(ours, case)[0]
    refused = given(ours, as_, case, row, scan="")
    assert refused.status_code == 422
    assert "Upload the scan that shows the seal" in refused.text


def test_a_new_mandate_takes_the_place_of_the_old_one(ours, as_):
    case = joined(ours)
    row = agreeing(ours, case)[0]
    for agent in ("李某某", "王某某"):
        given(ours, as_, case, row, agent=agent)
    with ours.scope():
        kept = queries.mandates_of(case.id)
    assert [one.state for one in kept] == ["active", "revoked"]
    assert kept[0].agent == "王某某"


def test_a_revoked_mandate_ends_on_its_day_and_not_before_it_was_signed(ours, as_):
    case = joined(ours)
    row = agreeing(ours, case)[0]
    given(ours, as_, case, row)
    with ours.scope():
        mandate = queries.standing_mandates(case.id)[row.enterprise_id]
    address = ours.url(f"/cases/{case.id}/mandates/{mandate.id}/revocation")
    browser = as_(ours.officer)
    early = browser.post(address, data={"on": "2026-03-01", "reason": "改变主意"})
    done = browser.post(address, data={"on": "2026-04-10", "reason": "改变主意"})
    assert (early.status_code, done.status_code) == (422, 303)
    with ours.scope():
        kept = queries.get_case(case.id)
        (one,) = queries.mandates_of(case.id)
        before = mandate_actions.fault_on(kept, one, date(2026, 4, 9), "agree")
        after = mandate_actions.fault_on(kept, one, date(2026, 4, 10), "agree")
    assert before is None
    assert "revoked" in after.text.en


def test_the_calendar_begins_and_ends_mandates_once(ours, as_):
    case = joined(ours)
    row = agreeing(ours, case)[0]
    given(ours, as_, case, row, to_on="2027-01-31", from_on="2027-01-01")
    seen = []
    for day in ("2026-12-31", "2027-01-01", "2027-01-01", "2027-02-01", "2027-02-01"):
        with ours.scope(at=instant(day)):
            mandate_actions.follow(queries.get_case(case.id, lock=True))
            db.session.commit()
            seen.append(queries.mandates_of(case.id)[0].state)
    assert seen == ["granted", "active", "active", "expired", "expired"]


def test_the_missing_forms_print_as_one_and_one_by_one(ours, as_):
    case = joined(ours)
    browser = as_(ours.officer)
    assert browser.get(ours.url(f"/cases/{case.id}/mandates/forms.pdf")).data[:4] == b"%PDF"
    row = agreeing(ours, case)[0]
    form = ours.url(f"/cases/{case.id}/enterprises/{row.enterprise_id}/mandate.pdf")
    assert browser.get(form).data[:4] == b"%PDF"
    sheet = browser.get(ours.url(f"/cases/{case.id}/mandates/export.csv?group=missing"))
    assert sheet.text.count("missing") == 3


def test_many_enterprises_are_turned_leaf_by_leaf_and_asked_for_as_often(ours, theirs, as_):
    counts = []
    for federation, many in ((ours, 1), (theirs, 60)):
        with federation.scope(at=WHEN):
            firms = [enterprise(f"示例{n:02}餐饮有限公司").id for n in range(many)]
            db.session.commit()
        case = by_hand(federation, level="industry", industry="62", enterprise_ids=firms)
        browser = as_(federation.officer)
        first = federation.url(f"/cases/{case.id}/mandates")
        counts.append(asked_by(federation, browser, first))
    assert "示例00" in browser.get(first).text
    assert "示例59" not in browser.get(first).text
    assert "示例59" in browser.get(f"{first}?page=2").text
    assert counts[0] == counts[1]
