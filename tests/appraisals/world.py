"""A year of a supervisor, ready to be appraised."""

from datetime import date
from types import SimpleNamespace

from sqlalchemy import select

from blueprints.appraisals import actions
from blueprints.appraisals.models import INDICATORS, Appraisal
from blueprints.offers.ground.service_models import ReplyChannel, ReplyKind, ServiceMethod
from blueprints.offers.service.actions import Answer, Receipt, record_reply, record_service
from blueprints.visits import actions as visits
from blueprints.visits import work_actions
from blueprints.visits.actions import Made
from blueprints.visits.models import Visit
from tenants.db import db
from tests.offers.world import instant
from tests.supervisors.test_pages import get
from tests.visits.test_reach import BRIEF
from tests.visits.world import offer_of, walked
from tests.world import Federation

END = "2026-12-15"
WEIGHTS = {
    "visits": 20, "first_visits": 10, "offers": 20, "reply_rate": 10, "training": 10,
    "records": 15, "conduct": 15,
}  # fmt: skip
SETTINGS = {"training_hours": 40, "record_days": 3, "objection_days": 10}
FIVE = tuple(f"示例{one}餐饮有限公司" for one in "甲乙丙丁戊")


def weights(**changed: int) -> dict[str, int]:
    return {**dict.fromkeys(INDICATORS, 0), **WEIGHTS, **changed}


def worked(federation: Federation) -> SimpleNamespace:
    """Four enterprises served: three offers followed up, one answered in time, one visit late."""
    world = walked(federation, FIVE)
    with federation.scope(at=instant("2026-03-03")):
        for firm in range(4):
            receipt = Receipt(
                ServiceMethod.REGISTERED_POST, date(2026, 3, 3), post_number=f"XA0000000{firm}"
            )
            record_service(offer_of(world.offers[firm]), receipt)
        db.session.commit()
    for firm, recorded in ((0, "2026-03-10"), (1, "2026-03-10"), (2, "2026-03-20")):
        with federation.scope(at=instant(recorded), by=federation.supervisor):
            visit = Visit(
                supervisor_id=world.mine, enterprise_id=world.firms[firm], purpose="other"
            )
            visits.record(visit, Made(**BRIEF), by_id=federation.supervisor.id)
            db.session.commit()
    with federation.scope(at=instant("2026-03-12")):
        answer = Answer(ReplyKind.ACCEPT, ReplyChannel.REPLY_DESK, "企业联系人")
        record_reply(offer_of(world.offers[0]), answer)
        visits.plan(get(federation, world.mine), world.firms[3], date(2026, 3, 13), purpose="other")
        work_actions.record_training(
            [get(federation, world.mine)], title="协商实务", kind="negotiation",
            held_on=date(2026, 3, 12), minutes=1200, organiser=None, certificate_no=None,
        )  # fmt: skip
        db.session.commit()
    return world


def opened(federation: Federation) -> SimpleNamespace:
    """The same with its weights set and its appraisal open."""
    world = worked(federation)
    with federation.scope(at=instant(END)):
        actions.set_weights(2026, weights(), by_id=federation.officer.id, **SETTINGS)
        actions.begin(2026, [get(federation, world.mine)])
        db.session.commit()
        world.appraisal = db.session.scalars(select(Appraisal.id)).one()
    return world
