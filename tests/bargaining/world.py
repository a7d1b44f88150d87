"""Cases for tests: five offers of a campaign, three accepted, and what grows out of them."""

from datetime import date

from sqlalchemy import event

from blueprints.bargaining.cases.opening import Opening, open_case
from blueprints.bargaining.ground.models import BargainingCase, CaseLevel, Ground
from blueprints.offers.ground.queries import get_offer
from blueprints.offers.ground.service_models import ReplyChannel, ReplyKind
from blueprints.offers.service.actions import Answer, record_reply
from tenants.db import db
from tests.offers.world import instant, issued
from tests.world import Federation

NAMES = tuple(f"示例{one}餐饮有限公司" for one in "甲乙丙丁戊")
WHEN = instant("2026-03-20", 9)
OPENED = date(2026, 3, 20)


def answered(federation: Federation) -> list[int]:
    """Five offers issued: three accepted, one refused with a reason, one still out."""
    offers = issued(federation, NAMES, at=instant("2026-03-02", 9))
    with federation.scope(at=instant("2026-03-10", 9)):
        said = {"channel": ReplyChannel.REPLY_DESK, "person_name": "孙某某"}
        for ident in offers[:3]:
            record_reply(get_offer(ident, lock=True), Answer(ReplyKind.ACCEPT, **said))
        why = {"reason_code": "refusal.year_end_accounts", "reason": "年度结算未完成"}
        record_reply(get_offer(offers[3], lock=True), Answer(ReplyKind.REFUSE, **said, **why))
        db.session.commit()
    return offers


def joined(federation: Federation, **more) -> BargainingCase:
    """An industry case out of the five offers."""
    offers = answered(federation)
    with federation.scope(at=WHEN):
        said = {
            "name": "沙市区餐饮行业工资集体协商",
            "ground": Ground.JOINED,
            "level": CaseLevel.INDUSTRY,
            "opened_on": OPENED,
            "industry": "62",
            "area": "421002",
            "owner_id": federation.officer.id,
            "offer_ids": offers,
        }
        case = open_case(Opening(**{**said, **more}))
        db.session.commit()
        db.session.refresh(case)
        return case


def by_hand(federation: Federation, **more) -> BargainingCase:
    """A case of one enterprise that no offer of ours began."""
    with federation.scope(at=WHEN):
        said = {
            "name": "示例甲餐饮有限公司工资集体协商",
            "ground": Ground.BY_HAND,
            "level": CaseLevel.ENTERPRISE,
            "opened_on": OPENED,
            "ground_note": "企业工会与企业商定开展协商",
            "owner_id": federation.officer.id,
        }
        case = open_case(Opening(**{**said, **more}))
        db.session.commit()
        db.session.refresh(case)
        return case


def asked_by(federation, client, address):
    """How many statements a page costs."""
    asked = []

    def count(conn, cursor, statement, *rest):
        asked.append(statement)

    with federation.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(asked)
