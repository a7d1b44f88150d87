"""What workers want: asked with a link, answered without a name, shown only where nobody shows."""

import re
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select

from blueprints.bargaining.demands import actions as demands
from blueprints.bargaining.demands.posters import poster_of
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.demand_models import Audience, Demand, DemandCall
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.models import Event
from tests.bargaining.world import joined

TOPICS = [("common.pay-day", Text("工资支付日", "Pay day")), ("own.1", Text("夜班", "Night shift"))]


def opened(federation, case, trades=("厨师", "服务员")):
    with federation.scope():
        kept = queries.get_case(case.id, lock=True)
        call = demands.open_call(
            kept, TOPICS, trades, date(2099, 1, 1), by_id=federation.officer.id
        )
        db.session.commit()
        return call


@pytest.mark.parametrize(
    ("audience", "lang", "says"),
    [
        ("workers", "zh", ("要协商了", "不记姓名", "不足5份", "2099年1月1日截止", "夜班")),
        ("workers", "en", ("matters most", "Nobody will know", "fewer than 5", "Night shift")),
        ("enterprises", "zh", ("请企业填写", "以企业名义", "2099年1月1日截止", "工资支付日")),
        ("enterprises", "en", ("your enterprise", "In the name", "2099-01-01", "Pay day")),
    ],
)
def test_a_poster_says_what_for_until_when_and_what_becomes_of_it(ours, as_, audience, lang, says):
    case = joined(ours)
    call = opened(ours, case)
    path = ours.url(f"/cases/{case.id}/demands/{call.id}/{audience}-{lang}.pdf")
    page = as_(ours.officer).get(ours.url(f"/cases/{case.id}/demands")).text
    assert path in page
    printed = as_(ours.officer).get(path)
    assert printed.data.startswith(b"%PDF")
    with ours.scope():
        kept = db.session.get_one(DemandCall, (ours.id, call.id))
        poster = poster_of(queries.get_case(case.id), kept, Audience(audience), lang, "https://x/")
    words = " ".join(map(str, (poster.title, poster.promise, poster.because, poster.until,
                               poster.topics)))  # fmt: skip
    assert [one for one in says if one not in words] == []
    assert poster.issuer


def test_no_poster_is_printed_for_a_round_that_is_closed(ours, theirs, as_):
    case = joined(ours)
    call = opened(ours, case)
    path = f"/cases/{case.id}/demands/{call.id}/workers-zh.pdf"
    result(ours, call)
    assert as_(theirs.officer).get(theirs.url(path)).status_code == 404
    with ours.scope():
        demands.close(queries.get_case(case.id), db.session.get_one(DemandCall, (ours.id, call.id)))
        db.session.commit()
    refused = as_(ours.officer).get(ours.url(path))
    assert refused.status_code == 409
    assert path not in as_(ours.officer).get(ours.url(f"/cases/{case.id}/demands")).text


def result(federation, call, *, close=True):
    with federation.scope():
        kept = db.session.get_one(DemandCall, (federation.id, call.id))
        if close:
            kept.closes_on = kept.opened_on
            demands.close(queries.get_case(kept.case_id), kept)
        return demands.result_of(kept, Audience.WORKERS)


def answers(federation, call, trades):
    with federation.scope():
        kept = db.session.get_one(DemandCall, (federation.id, call.id))
        for n, trade in enumerate(trades):
            demands.answer(
                kept, Audience.WORKERS, {"common.pay-day": 1 + n % 5}, trade=trade, words=f"第{n}条"
            )
        db.session.commit()


def test_an_officer_makes_two_links_and_a_code(ours, as_):
    case = joined(ours)
    browser = as_(ours.officer)
    form = browser.get(ours.url(f"/cases/{case.id}/demands/new"))
    assert "Minimum wage by trade" in form.text
    typed = {"topics": ["catering.min-trade"], "own": "夜班补贴", "trades": "厨师\n服务员",
             "closes_on": "2099-01-01"}  # fmt: skip
    assert browser.post(ours.url(f"/cases/{case.id}/demands"), data=typed).status_code == 303
    page = browser.get(ours.url(f"/cases/{case.id}/demands"))
    links = re.findall(r'data-copy="([^"]+)"', page.text)
    assert len(links) == 2
    with ours.scope():
        call = demands.calls_of(case.id)[0]
    code = browser.get(ours.url(f"/cases/{case.id}/demands/{call.id}/workers.png"))
    assert code.data[:4] == b"\x89PNG"


def test_a_worker_answers_without_a_name_and_nothing_leads_back(ours, visitor):
    call = opened(ours, joined(ours))
    address = ours.url(f"/demands/{call.worker_token}")
    page = visitor.get(address)
    assert "Nobody will know who you are" in page.text or "没有人会知道您是谁" in page.text
    sent = visitor.post(address, data={"w-0": "5", "w-1": "3", "trade": "厨师", "words": "夜班多"})
    assert sent.status_code == 200
    with ours.scope():
        (kept,) = db.session.scalars(select(Demand))
        assert kept.weights == {"common.pay-day": 5, "own.1": 3}
        assert kept.said_by is None
        assert (kept.created_at.hour, kept.created_at.minute) == (0, 0)
        lines = db.session.scalars(select(Event).where(Event.verb == "demand.received")).all()
    assert [(line.actor, line.payload) for line in lines] == [
        ("visitor", {"audience": "workers"}),
    ]  # fmt: skip


def test_an_empty_answer_and_a_closed_round_are_said_and_nothing_is_kept(ours, visitor):
    call = opened(ours, joined(ours))
    address = ours.url(f"/demands/{call.worker_token}")
    assert visitor.post(address, data={"w-0": "99"}).status_code == 422
    result(ours, call)
    with ours.scope():
        demands.close(
            queries.get_case(call.case_id), db.session.get_one(DemandCall, (ours.id, call.id))
        )
        db.session.commit()
    assert visitor.post(address, data={"w-0": "5"}).status_code == 409
    with ours.scope():
        assert db.session.scalars(select(Demand)).all() == []


def test_a_link_of_another_federation_or_of_nobody_leads_nowhere(ours, theirs, visitor):
    call = opened(ours, joined(ours))
    assert visitor.get(theirs.url(f"/demands/{call.worker_token}")).status_code == 404
    assert visitor.get(ours.url("/demands/no-such-link")).status_code == 404


def test_an_enterprise_answers_by_name(ours, visitor):
    call = opened(ours, joined(ours))
    address = ours.url(f"/demands/{call.enterprise_token}")
    assert visitor.post(address, data={"w-0": "2"}).status_code == 422
    assert visitor.post(address, data={"w-0": "2", "said_by": "示例甲"}).status_code == 200
    with ours.scope():
        kept = db.session.get_one(DemandCall, (ours.id, call.id))
        shown = demands.result_of(kept, Audience.ENTERPRISES)
    assert (shown.answers, shown.topics[0].named) == (1, 1)


def test_nothing_is_shown_while_answers_come_nor_of_too_few(ours):
    case = joined(ours)
    few, many = opened(ours, case), opened(ours, case)
    answers(ours, few, ["厨师"] * 4)
    answers(ours, many, ["厨师"] * 6)
    assert result(ours, many, close=False).hidden
    assert result(ours, few).hidden
    shown = result(ours, many)
    assert not shown.hidden
    assert (shown.topics[0].named, shown.trades) == (6, [("厨师", 6)])


@pytest.mark.parametrize(
    ("given", "shown", "others"),
    [
        ({"厨师": 9, "服务员": 7}, [("厨师", 9), ("服务员", 7)], 0),
        ({"厨师": 9, "服务员": 7, "洗碗工": 2}, [("厨师", 9)], 9),
        ({"厨师": 9, "洗碗工": 4, "传菜员": 4}, [("厨师", 9)], 8),
        ({"厨师": 6, "": 1}, [], 7),
    ],
)
def test_one_small_cell_is_never_the_difference_of_the_others(given, shown, others):
    assert demands._shown(Counter(given), 5) == (shown, others)


def test_answers_fulfil_the_condition_and_so_does_a_summary_on_paper(ours):
    case = joined(ours)
    call = opened(ours, case)
    with ours.scope():
        assert demands.how_many_answers(case.id) == 0
    answers(ours, call, ["厨师"])
    with ours.scope():
        assert demands.how_many_answers(case.id) == 1
        assert today() >= call.opened_on


def test_trade_prices_stand_beside_published_figures(ours, as_):
    case = joined(ours)
    browser = as_(ours.officer)
    price = {"trade": "服务员", "process_name": "", "grade": "", "basis": "time", "unit": "元/月",
             "present": "2000", "asked": "2300", "answered": "1900",
             "achieved_share": "80"}  # fmt: skip
    figure = {"kind": "minimum_wage", "value": "2010", "unit": "元/月", "period": "2026",
              "source": "示例通知", "trade": ""}  # fmt: skip
    assert browser.post(ours.url(f"/cases/{case.id}/prices"), data=price).status_code == 303
    again = browser.post(ours.url(f"/cases/{case.id}/prices"), data=price)
    assert again.status_code == 422
    assert "in the table already" in again.text
    assert browser.post(ours.url(f"/cases/{case.id}/figures"), data=figure).status_code == 303
    page = browser.get(ours.url(f"/cases/{case.id}/prices"))
    assert "1900 元/月 is below the minimum wage of 2010 元/月." in page.text
    bare = browser.post(ours.url(f"/cases/{case.id}/figures"), data={**figure, "source": ""})
    assert bare.status_code == 422
