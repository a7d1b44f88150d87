"""An enterprise that stays silent, led up the ladder step by step, as the rooms do it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from blueprints.exposures import actions, hearing, ladder, publishing, queries
from blueprints.exposures.ladder import Served
from blueprints.exposures.models import Channel, Exposure
from blueprints.exposures.step_models import ExposureStep, StepKind, StepMethod
from blueprints.offers.ground.queries import get_offer
from blueprints.offers.ground.service_models import ReplyChannel, ReplyKind, ServiceMethod
from blueprints.offers.service import actions as offer_actions
from blueprints.offers.service.actions import Answer, Receipt
from jobs.clocks import sweep_clocks
from tenants.db import db
from tenants.models import User
from tenants.roles import Role
from tests.offers.world import instant, issued
from tests.world import _HASH, Federation

ISSUED = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)  # a Monday
SERVED = "2025-03-04"
LAPSED = "2025-06-02"
DEMANDED, OPINED, MET = "2025-06-03", "2025-06-23", "2025-07-28"
NOTED, HEARD, DECIDED, SHOWN = "2025-08-01", "2025-08-04", "2025-08-25", "2025-08-26"
NAME = "示例静默餐饮有限公司"
BODY = "要约书已送达，至答复期满和催告期满，未收到书面答复"


def colleague(federation: Federation, name: str, role: Role) -> User:
    """One more person of a role: four people decide on an exposure."""
    with federation.scope():
        user = User(
            email=f"{name}@{federation.slug}.example", name=name, role=role, locale="en",
            status="active", password_hash=_HASH,
        )  # fmt: skip
        db.session.add(user)
        db.session.commit()
        db.session.refresh(user)
        db.session.expunge(user)
    return user


def served(day: str) -> Served:
    return Served(StepMethod.REGISTERED_POST, date.fromisoformat(day), "前台", "XA0000000142")


class Silent:
    """One silent enterprise, and the four people who deal with it."""

    def __init__(self, federation: Federation, others: Sequence[str] = ()) -> None:
        self.federation = federation
        self.lawyer = colleague(federation, "lawyer", Role.OFFICER)
        self.chair = colleague(federation, "chair", Role.APPROVER)
        self.offer_id, *self.others = issued(federation, [NAME, *others], at=ISSUED)
        self.exposure_id = 0

    def on(self, day: str, by: User | None = None, hour: int = 10) -> Any:
        return self.federation.scope(at=instant(day, hour), by=by)

    def serve(self, *offer_ids: int) -> None:
        """Served by registered post."""
        with self.on(SERVED):
            post = Receipt(
                ServiceMethod.REGISTERED_POST, date.fromisoformat(SERVED), post_number="XA142"
            )
            for offer_id in offer_ids or (self.offer_id,):
                offer_actions.record_service(get_offer(offer_id, lock=True), post)
            db.session.commit()

    def others_too(self) -> None:
        """The others were served as well and say nothing either."""
        self.serve(*self.others)
        self.sweep()

    def sweep(self) -> None:
        with self.federation.app.app_context():
            sweep_clocks(tenant_id=self.federation.id, at=instant(LAPSED).isoformat())

    def lapse(self) -> None:
        """Served, and nothing comes."""
        self.serve()
        self.sweep()

    def step(self, kind: StepKind, day: str, **said: Any) -> int:
        """Propose, issue and serve a step on one day."""
        with self.on(day):
            offer = get_offer(self.offer_id, lock=True)
            step = ladder.propose_step(offer, kind, said, by_id=self.federation.officer.id)
            db.session.commit()
            step_id = step.id
        with self.on(day, self.federation.approver, 11):
            step = queries.get_step(step_id, lock=True)
            ladder.issue_step(step, get_offer(self.offer_id), by_id=self.federation.approver.id)
            ladder.serve_step(step, served(day))
            db.session.commit()
        return step_id

    def climb(self) -> None:
        self.step(StepKind.DEMAND, DEMANDED)
        self.climb_on()

    def climb_on(self) -> None:
        """What follows a demand letter: opinion, interview."""
        self.step(
            StepKind.OPINION, OPINED, inspector_names="甲、乙", inspector_card_nos="001、002",
            inspected_from="2025-06-16", inspected_until="2025-06-20",
            signatory_name="副主席",
        )  # fmt: skip
        met = self.step(
            StepKind.INTERVIEW, MET, meeting_at="2025-07-30T09:00:00+08:00",
            meeting_place="市总工会", answer_due_on="2025-07-29",
        )  # fmt: skip
        with self.on("2025-07-30", hour=16):
            ladder.record_interview(
                queries.get_step(met, lock=True), held_on=date(2025, 7, 30), attended=False,
                minutes={"open_points_text": "企业未到场。"},
            )  # fmt: skip
            db.session.commit()

    def propose(self, channels: tuple[str, ...] = (Channel.CIRCULAR, Channel.UNION_SITE)) -> None:
        with self.on(NOTED):
            offer = get_offer(self.offer_id, lock=True)
            exposure = actions.propose(
                offer, by_id=self.federation.officer.id, body=BODY, channels=channels
            )
            actions.send_to_check(exposure)
            db.session.commit()
            self.exposure_id = exposure.id

    def check(self) -> None:
        """The legal check is passed, and the notice of intent is out."""
        with self.on(NOTED, self.lawyer, 11):
            actions.pass_check(self.exposure(), "事实清楚。", by_id=self.lawyer.id)
            db.session.commit()

    def serve_intent(self) -> None:
        with self.on(HEARD):
            actions.record_intent_service(self.exposure(), served(HEARD))
            db.session.commit()

    def hear(self, statement: str = "", *, checked: bool = False) -> None:
        """Legal check, notice of intent served, statement or silence, the partners' opinion."""
        if not checked:
            self.check()
        self.serve_intent()
        with self.on(HEARD):
            if statement:
                hearing.record_statement(self.exposure(), statement, open_=True)
            actions.record_opinion(self.exposure(), "三方同意。", on=date.fromisoformat(HEARD))
            db.session.commit()
        with self.on(DECIDED, self.lawyer):
            if statement:
                hearing.examine_statement(self.exposure(), "不成立。", by_id=self.lawyer.id)
            else:
                hearing.waive_statement(self.exposure())
            db.session.commit()

    def decide(self) -> None:
        for number, person in enumerate((self.federation.approver, self.chair)):
            with self.on(DECIDED, person, 14 + number):
                actions.approve(self.exposure(), "同意。", by_id=person.id)
                db.session.commit()

    def ready(self) -> None:
        """Everything done but the publication."""
        self.lapse()
        self.climb()
        self.propose()
        self.hear()
        self.decide()

    def publish(self, day: str = SHOWN, hour: int = 10) -> None:
        with self.on(day, hour=hour):
            publishing.publish(self.exposure(), by_id=self.federation.officer.id)
            db.session.commit()

    def raise_(self, day: str = SHOWN, hour: int = 11) -> None:
        with self.on(day, self.chair, hour):
            publishing.publish_next(self.exposure(), by_id=self.chair.id)
            db.session.commit()

    def reply(self, day: str, hour: int = 12, kind: ReplyKind = ReplyKind.ACCEPT) -> None:
        with self.on(day, hour=hour):
            answer = Answer(kind, ReplyChannel.REPLY_DESK, "企业联系人", reason="见附件")
            offer_actions.record_reply(get_offer(self.offer_id, lock=True), answer)
            db.session.commit()

    def exposure(self) -> Exposure:
        return queries.get_exposure(self.exposure_id, lock=True)

    def look(self) -> Exposure:
        """The row as it stands, outside any transaction."""
        with self.federation.scope():
            return queries.get_exposure(self.exposure_id)

    def steps(self) -> list[ExposureStep]:
        with self.federation.scope():
            return list(db.session.scalars(select(ExposureStep).order_by(ExposureStep.id)))

    def step_row(self, step_id: int) -> ExposureStep:
        with self.federation.scope():
            return queries.get_step(step_id)
