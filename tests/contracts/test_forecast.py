"""The forecast: found by state, owned, published once, made a campaign or a case."""

from datetime import date

from sqlalchemy import select

from blueprints.bargaining.ground.models import BargainingCase
from blueprints.contracts.forecast import finding as forecast_finding
from blueprints.contracts.forecast import load as forecast_load
from blueprints.contracts.forecast.models import BargainingTrigger, ForecastEntry
from blueprints.notices.models import Notice
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.registry.models import Enterprise
from jobs.forecast import sweep
from tenants.db import db
from tests.contracts.desk import Desk
from tests.contracts.world import at, published, town

SEEN = "2026-02-20"  # the window of sixty days before 30 April 2026 opens on 1 March


def looked(desk, day=SEEN):
    with desk.town.federation.app.app_context():
        return sweep(tenant_id=desk.town.federation.id, at=at(day).isoformat())


def entries(desk, **asked):
    return desk.rows(select(ForecastEntry).filter_by(**asked).order_by(ForecastEntry.id))


def test_a_contract_comes_up_with_its_window_and_who_is_bound(desk):
    assert looked(desk) >= 1
    (line,) = entries(desk, ground="renewal")
    assert (line.opens_on, line.closes_on) == (date(2026, 3, 1), date(2026, 4, 30))
    assert (line.enterprises, line.workers) == (3, 90)
    assert line.planned_on == date(2026, 3, 1)
    assert line.clock["steps"], "why this date"
    page = desk.see(f"/forecast/lines/{line.id}", SEEN).text
    assert "not a day by which a contract must be signed" in page


def test_a_second_look_changes_nothing_and_keeps_owner_and_day(desk):
    looked(desk)
    (line,) = entries(desk, ground="renewal")
    path = f"/forecast/lines/{line.id}/owner"
    desk.done(path, SEEN, owner_id=str(desk.leader.id), planned_on="2026-03-10",
              note="先听职工意见", version="1")  # fmt: skip
    count = looked(desk, "2026-02-21")
    assert count == looked(desk, "2026-02-21")
    (line,) = entries(desk, ground="renewal")
    assert (line.owner_id, line.planned_on) == (desk.leader.id, date(2026, 3, 10))
    assert desk.send(path, "2026-02-21", owner_id=str(desk.leader.id),
                     planned_on="2026-03-11", version="1").status_code == 409  # fmt: skip


def test_what_is_no_longer_so_leaves_the_forecast(desk):
    with desk.town.on("2026-02-01"):
        firm = db.session.get_one(Enterprise, (desk.town.federation.id, desk.town.firms[0]))
        union_id = firm.union_id
    assert union_id is None
    lone = desk.town.register("示例丁餐饮有限公司", industries=["61"])[0]
    unionise(desk, lone)
    looked(desk)
    (group,) = entries(desk, ground="never_bargained")
    assert (group.area, group.industry, group.enterprises) == ("421002", "61", 1)
    with desk.town.on(SEEN):
        firm = db.session.get_one(Enterprise, (desk.town.federation.id, lone))
        firm.contract_claimed = True
        db.session.commit()
    looked(desk)
    assert entries(desk, ground="never_bargained")[0].state == "over"


def unionise(desk, enterprise_id):
    from blueprints.registry.union_actions import found_union

    with desk.town.on("2026-01-05"):
        union = found_union({"name": "示例丁工会", "level": "enterprise"})
        db.session.flush()
        firm = db.session.get_one(Enterprise, (desk.town.federation.id, enterprise_id))
        firm.union_id = union.id
        db.session.commit()


def test_a_line_is_published_once_to_every_enterprise_bound(desk):
    looked(desk)
    (line,) = entries(desk, ground="renewal")
    path = f"/forecast/lines/{line.id}"
    assert desk.send(f"{path}/announcement", SEEN).status_code == 409, "it has no owner yet"
    desk.done(f"{path}/owner", SEEN, owner_id=str(desk.officer.id), planned_on="2026-03-10",
              version="1")  # fmt: skip
    assert "no reply period runs" in desk.see(f"{path}/announcement", SEEN).text
    desk.done(f"{path}/announcement", SEEN)
    told = desk.rows(select(Notice).where(Notice.kind == "forecast"))
    assert len(told) == 3
    assert {one.state for one in told} == {"paper"}, "none has an e-mail address"
    assert desk.send(f"{path}/announcement", SEEN).status_code == 409
    assert desk.see(f"{path}/notice.pdf", SEEN).data.startswith(b"%PDF")


def test_one_click_makes_a_draft_campaign_with_that_scope(desk):
    lone = desk.town.register("示例丁餐饮有限公司", industries=["61"])[0]
    unionise(desk, lone)
    looked(desk)
    (group,) = entries(desk, ground="never_bargained")
    to = desk.done(f"/forecast/lines/{group.id}/campaign", SEEN)
    (campaign,) = desk.rows(select(Campaign))
    assert to.endswith(f"/campaigns/{campaign.id}/scope")
    assert campaign.scope["areas"] == ["421002"]
    assert campaign.scope["industries"] == ["61"]
    assert campaign.state == "drafted", "nothing goes out"
    assert desk.send(f"/forecast/lines/{group.id}/campaign", SEEN).status_code == 409


def test_a_renewal_becomes_a_case_that_follows_on_its_contract(desk):
    looked(desk)
    (line,) = entries(desk, ground="renewal")
    desk.done(f"/forecast/lines/{line.id}/case", SEEN)
    (case,) = desk.rows(select(BargainingCase))
    assert (case.ground, case.supersedes_contract_id) == ("renewal", desk.town.contract_id)
    assert entries(desk, ground="renewal")[0].state == "case"
    looked(desk)
    assert entries(desk, ground="renewal")[0].case_id == case.id


def test_an_event_on_record_becomes_a_line_and_goes_with_it(desk, work):
    desk.done("/forecast/events/new", SEEN, kind="minimum_wage", happened_on="2026-02-01",
              source="鄂政发〔2026〕3号", area="421002", industry="")  # fmt: skip
    work()
    (line,) = entries(desk, ground="trigger")
    assert (line.enterprises, line.opens_on) == (3, date(2026, 2, 1))
    assert "鄂政发〔2026〕3号" in desk.see("/forecast", SEEN).text
    (trigger,) = desk.rows(select(BargainingTrigger))
    desk.done(f"/forecast/events/{trigger.id}/withdrawal", SEEN, reason="重复登记")
    work()
    assert entries(desk, ground="trigger")[0].state == "over"


def test_many_sets_come_up_in_one_look_and_stay_one_line_each(desk):
    for industry in ("61", "62", "64"):
        unionise(desk, desk.town.register(f"示例{industry}服务有限公司", industries=[industry])[0])
    looked(desk)
    assert looked(desk) == looked(desk)
    groups = entries(desk, ground="never_bargained")
    assert [group.industry for group in groups] == ["61", "62", "64"]


def test_many_lines_get_an_owner_at_once(desk):
    looked(desk)
    ids = [str(one.id) for one in entries(desk)]
    assert (
        desk.see("/forecast/owners?" + "&".join(f"id={one}" for one in ids), SEEN).status_code
        == 200
    )
    desk.done("/forecast/owners", SEEN, id=ids, owner_id=str(desk.officer.id),
              planned_on="2026-03-02")  # fmt: skip
    assert all(one.owner_id == desk.officer.id for one in entries(desk))


def test_lists_calendar_load_and_export_open_for_those_who_may(desk):
    looked(desk)
    for path in ("/forecast", "/forecast/months", "/forecast/load", "/forecast/events",
                 "/forecast/export.xlsx", "/forecast?ground=renewal&owner=none&month=2026-03",
                 "/coverage", "/coverage/enterprises", "/coverage/export.csv"):  # fmt: skip
        assert desk.see(path, SEEN).status_code == 200, path
    partner = desk.town.federation.partner
    assert desk.see("/forecast", SEEN, partner).status_code == 403


def test_days_needed_stand_beside_days_there(desk):
    looked(desk)
    with desk.town.on(SEEN):
        load = forecast_load.load_of(date(2026, 2, 20))
        assert load.months[0] == date(2026, 2, 1)
        march = load.areas["421002"][1]
        assert march.needed == 4, "three for the renewal, and a share for three enterprises"


def test_the_yearly_round_of_a_contract_of_three_years(ours, as_):
    desk = Desk(published(town(ours), term_to=date(2028, 4, 30)), as_)
    looked(desk)
    (line,) = entries(desk, ground="wage_round")
    assert line.closes_on == date(2026, 5, 1)


def test_a_contract_that_ran_out_is_asked_after(desk):
    with desk.town.on("2026-06-01"):
        found = list(forecast_finding.found(date(2026, 6, 1)))
    assert [one["ground"] for one in found] == ["expired"]


def test_a_supervisor_sees_what_concerns_their_portfolio(desk):
    looked(desk)
    supervisor = desk.town.federation.supervisor
    page = desk.see("/forecast", SEEN, supervisor)
    assert page.status_code == 200
    assert "Nothing is coming up." in page.text


def test_events_are_filtered_sorted_and_taken_away_as_they_are_shown(desk):
    where = {"area": "421002", "industry": ""}
    for kind, day, source in (("guideline", "2026-01-05", "示范字〔2026〕1号"),
                              ("layoffs", "2026-02-02", "示范字〔2026〕7号")):  # fmt: skip
        desk.done("/forecast/events/new", SEEN, kind=kind, happened_on=day, source=source,
                  note="", **where)  # fmt: skip
    shown = desk.see("/forecast/events", SEEN).text
    assert shown.index("2026〕7号") < shown.index("2026〕1号"), "the newest first"
    assert "2026〕7号" not in desk.see("/forecast/events?kind=guideline", SEEN).text
    assert "2 events" in desk.see("/forecast/events?area=421002&sort=kind", SEEN).text
    assert "Nothing matches your filters." in desk.see("/forecast/events?area=421003", SEEN).text
    (first, _second) = desk.rows(select(BargainingTrigger).order_by(BargainingTrigger.id))
    desk.done(f"/forecast/events/{first.id}/withdrawal", SEEN, reason="登记有误")
    assert "2026〕1号" not in desk.see("/forecast/events?state=holds", SEEN).text
    sheet = desk.see("/forecast/events/export.csv?state=withdrawn", SEEN).data.decode("utf-8-sig")
    assert "登记有误" in sheet
    assert "2026〕7号" not in sheet


def test_days_for_an_event_of_the_whole_city_fall_where_its_enterprises_are(desk):
    desk.town.register("示例邻区餐饮有限公司", area="421003")
    desk.done("/forecast/events/new", SEEN, kind="guideline", happened_on=SEEN, note="",
              source="示范字〔2026〕1号", area="", industry="62")  # fmt: skip
    looked(desk)
    with desk.town.on(SEEN):
        table = forecast_load.load_of(date.fromisoformat(SEEN))
    assert set(table.areas) == {"421002", "421003"}, "nothing stands under no area"
    assert all(row[0].needed for row in table.areas.values())
