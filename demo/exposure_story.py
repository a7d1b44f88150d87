"""The ladder and the exposure over a campaign's silent, late, wrongly addressed and unserved.

Every step goes through the rooms' verbs under real triggers; time is an argument. The days lie in
a year that is over, because the database refuses a publication whose moment has not come.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import func, select

from blueprints.exposures import (
    actions,
    handing_over,
    hearing,
    ladder,
    publishing,
    queries,
    step_models,
)
from blueprints.exposures.facts import STATE
from blueprints.exposures.ladder import Served
from blueprints.exposures.links import exposure_behind, open_link
from blueprints.exposures.models import Channel, Exposure, Heard
from blueprints.exposures.step_models import StepKind, StepMethod
from blueprints.notices.models import Delivery, Notice, Outcome
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.offers.ground.queries import get_offer
from blueprints.offers.ground.service_models import Reply, ReplyChannel, ReplyKind
from blueprints.offers.service.actions import Answer, record_reply
from demo.federations import user_of
from demo.main_story import MainStory
from jobs.exposures import recheck, tell
from rules.broken import RuleBroken
from tenants.clock import today
from tenants.db import db
from tenants.models import User
from tenants.passwords import hash_password
from tenants.roles import Role
from tenants.scope import tenant_scope

FIRST_DAY = date(2025, 3, 3)
FOR_LADDER = 9  # how many of the silent ones are led up the ladder
SAID = {
    StepKind.DEMAND: {},
    StepKind.OPINION: {
        "inspector_names": "监督员甲、监督员乙",
        "inspector_card_nos": "演工监001、演工监002",
        "inspected_from": "2025-07-01",
        "inspected_until": "2025-07-04",
        "signatory_name": "副主席",
    },
    StepKind.PROPOSAL: {
        "authority_name": "示范人力资源和社会保障局",
        "union_comment": "请依法核实。",
        "cc_names": "市总工会",
    },
    StepKind.INTERVIEW: {
        "meeting_at": "2025-08-20T09:00:00+08:00",
        "meeting_place": "市总工会三楼协商室",
        "answer_due_on": "2025-08-15",
    },
}


@dataclass
class ExposureStory:
    """What follows after a campaign has run its time."""

    main: MainStory
    officer: User = field(init=False)
    lawyer: User = field(init=False)
    leaders: Sequence[User] = field(init=False)
    silent: list[int] = field(default_factory=list)
    cases: list[int] = field(default_factory=list)
    refused_by_gate: int = 0

    def people(self) -> None:
        """Four people decide on an exposure; two of them have no account yet."""
        with self.main.scope(Role.ADMINISTRATOR, self.main.moment(70)):
            for name, role in (("法律工作部演示", Role.OFFICER), ("主席演示", Role.APPROVER)):
                db.session.add(
                    User(
                        email=f"{role}2@{self.main.slug}.example", name=name, role=role,
                        status="active", password_hash=hash_password("demo-password"),
                    )
                )  # fmt: skip
            self.officer, first = user_of(Role.OFFICER), user_of(Role.APPROVER)
            db.session.commit()
            new = select(User).where(User.email.like(f"%2@{self.main.slug}.example"))
            self.lawyer, second = db.session.scalars(new.order_by(User.id)).all()
            self.leaders = (first, second)
            overdue = select(Offer.id).where(Offer.state == OfferState.OVERDUE)
            self.silent = list(db.session.scalars(overdue.order_by(Offer.id).limit(FOR_LADDER)))

    def knock_at_every_gate(self) -> None:
        """Who was not served, has answered or was the wrong one does not come onto the ladder."""
        with self.main.scope(Role.OFFICER, self.main.moment(95)):
            others = db.session.scalars(
                select(Offer.id).where(Offer.state != OfferState.OVERDUE).order_by(Offer.id)
            ).all()
            for offer_id in others:
                self.attempt(partial(self.demand, offer_id))
                self.attempt(partial(self.propose, offer_id))

    def demand(self, offer_id: int) -> Any:
        offer = get_offer(offer_id, lock=True)
        return ladder.propose_step(offer, StepKind.DEMAND, {}, by_id=self.officer.id)

    def propose(self, offer_id: int) -> Exposure:
        offer = get_offer(offer_id, lock=True)
        return actions.propose(
            offer, by_id=self.officer.id, body=STATE.zh,
            channels=(Channel.CIRCULAR, Channel.UNION_SITE), duration_days=30,
        )  # fmt: skip

    def attempt(self, deed: Callable[[], Any]) -> bool:
        """Do it, or count the refusal; either way the next one starts afresh."""
        try:
            deed()
            db.session.commit()
        except RuleBroken:
            db.session.rollback()
            self.refused_by_gate += 1
            return False
        return True

    def climb(self) -> None:
        """Demand letter, opinion, interview; each once more before its time, which is refused."""
        for kind, day in (
            (StepKind.DEMAND, 95),
            (StepKind.OPINION, 125),
            (StepKind.INTERVIEW, 165),
        ):
            for offer_id in self.silent:
                if kind is not StepKind.DEMAND:
                    with self.main.scope(Role.OFFICER, self.main.moment(day - 29)):
                        self.attempt(partial(self.step, offer_id, kind))
                with self.main.scope(Role.OFFICER, self.main.moment(day)):
                    self.step(offer_id, kind)
                    db.session.commit()

    def hand_over(self) -> None:
        """One is handed to the labour authority; its finding is later shown apart, or not at all.

        Who holds no document of the authority is not said to have broken anything.
        """
        offer_id = self.silent[2]
        with self.main.scope(Role.OFFICER, self.main.moment(166)):
            self.step(offer_id, StepKind.PROPOSAL)
            db.session.commit()
        with self.main.scope(Role.OFFICER, self.main.moment(168)):
            step = queries.standing_step(offer_id, StepKind.PROPOSAL)
            if step is None:
                raise LookupError("The hand-over is not on file.")
            self.attempt(partial(self.found, step.id, None))
            self.found(step.id, "示人社监〔2025〕8号")
            db.session.commit()

    def found(self, step_id: int, number: str | None) -> None:
        words = "经查，该单位未依法答复集体协商要约，责令限期改正。"
        found = handing_over.Found(step_models.Outcome.VIOLATION, today(), words, number)
        step = queries.get_step(step_id, lock=True)
        handing_over.record_outcome(step, found, by_id=self.officer.id)

    def step(self, offer_id: int, kind: StepKind) -> None:
        offer = get_offer(offer_id, lock=True)
        step = ladder.propose_step(offer, kind, dict(SAID[kind]), by_id=self.officer.id)
        ladder.issue_step(step, offer, by_id=self.leaders[0].id)
        ladder.serve_step(step, self.received())
        if kind is StepKind.INTERVIEW:
            ladder.record_interview(
                step, held_on=today(), attended=False, minutes={"open_points_text": "企业未到场。"}
            )

    def received(self) -> Served:
        return Served(StepMethod.REGISTERED_POST, today(), "前台", "XA0000000142")

    def decide(self) -> None:
        """Propose, check, notify, hear and decide; the last approver cannot be an earlier one."""
        for offer_id in self.silent:
            with self.main.scope(Role.OFFICER, self.main.moment(170)):
                exposure = self.propose(offer_id)
                actions.send_to_check(exposure)
                actions.pass_check(exposure, "事实清楚。", by_id=self.lawyer.id)
                actions.record_intent_service(exposure, self.received())
                actions.record_opinion(exposure, "三方无异议。", on=today())
                if len(self.cases) % 4 == 1:
                    self.state_its_case(exposure)
                self.cases.append(exposure.id)
                db.session.commit()
                self.attempt(partial(self.publish, exposure.id))
            with self.main.scope(Role.APPROVER, self.main.moment(200)):
                exposure = queries.get_exposure(self.cases[-1], lock=True)
                if exposure.statement:
                    hearing.examine_statement(exposure, "不构成正当理由。", by_id=self.lawyer.id)
                else:
                    hearing.waive_statement(exposure)
                actions.approve(exposure, "同意。", by_id=self.leaders[0].id)
                db.session.commit()
                self.attempt(partial(self.approve_again, exposure.id))
                exposure = queries.get_exposure(self.cases[-1], lock=True)
                actions.approve(exposure, "同意。", by_id=self.leaders[1].id)
                db.session.commit()

    def state_its_case(self, exposure: Exposure) -> None:
        """The enterprise opens its own page by the link on the notice, and is heard verbatim."""
        link = open_link(exposure.id)
        behind = exposure_behind(link.token, lock=True) if link else None
        if behind is None:
            raise LookupError("The notice carries no link that works.")
        words = "负责人更换，来函未转达。"
        hearing.record_statement(behind, words, open_=True, channel=Heard.ONLINE, by="人事部")

    def approve_again(self, exposure_id: int) -> None:
        exposure = queries.get_exposure(exposure_id, lock=True)
        actions.approve(exposure, "同意。", by_id=self.leaders[0].id)

    def publish(self, exposure_id: int) -> None:
        exposure = queries.get_exposure(exposure_id, lock=True)
        publishing.publish(exposure, by_id=self.officer.id)

    def raise_(self, exposure_id: int) -> None:
        exposure = queries.get_exposure(exposure_id, lock=True)
        publishing.publish_next(exposure, by_id=self.leaders[1].id)

    def show(self) -> None:
        """A third answers at the last minute; of those shown, half answer and half expire."""
        for number, (offer_id, exposure_id) in enumerate(zip(self.silent, self.cases, strict=True)):
            if number % 3 == 0:
                self.answer(offer_id, 201)
            with self.main.scope(Role.OFFICER, self.main.moment(201, 10)):
                if self.attempt(partial(self.publish, exposure_id)):
                    self.attempt(partial(self.raise_, exposure_id))
            if number % 3 == 1:
                self.answer(offer_id, 205)

    def answer(self, offer_id: int, day: int) -> None:
        with self.main.scope(Role.OFFICER, self.main.moment(day, 9)):
            answer = Answer(ReplyKind.ACCEPT, ReplyChannel.REPLY_DESK, "企业联系人")
            record_reply(get_offer(offer_id, lock=True), answer)
            db.session.commit()

    def let_time_pass(self) -> None:
        """The sweeps, three times over, and the mails; what has run its time comes down."""
        for day in (206, 206, 240):
            for job in (tell, recheck):
                self.main.do(job, self.main.moment(day, 12))
            self.main.send_mail(day)

    def figures(self) -> dict[str, Any]:
        """What the books say at the end."""
        with self.main.app.app_context(), tenant_scope(self.main.tenant_id):
            shown = Exposure.published_at.is_not(None)
            return {
                "silent": len(self.silent),
                "published": _count(Exposure, shown),
                "withdrawn": _count(Exposure, shown, Exposure.state == "withdrawn"),
                "heard_online": _count(Exposure, Exposure.statement_channel == Heard.ONLINE),
                "findings_shown": _count(
                    Exposure, shown, Exposure.letter.has_key("authority_finding_text")
                ),
                "refused_by_gate": self.refused_by_gate,
                "published_unlawfully": _unlawful(),
                "published_after_reply": _count(
                    Exposure, shown,
                    select(Reply.id).where(
                        Reply.offer_id == Exposure.offer_id,
                        Reply.received_at < Exposure.published_at,
                    ).exists(),
                ),
                "notices_sent": _count(Notice, OURS, Notice.sent_at.is_not(None)),
                "on_paper": _count(Notice, OURS, Notice.state == "paper"),
                "lost": _count(
                    Notice, OURS, Notice.state.in_(("queued", "sending", "uncertain"))
                ),
                "doubled": _doubled(),
            }  # fmt: skip


OURS = Notice.subject_kind.in_(("exposure", "exposure_step"))


def _count(table: Any, *conditions: Any) -> int:
    return int(db.session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0)


def _unlawful() -> int:
    """Published without all that can still be read off the record: by the database's own eyes."""
    found = 0
    for exposure in db.session.scalars(select(Exposure).where(Exposure.published_at.is_not(None))):
        day = db.session.scalar(
            select(func.exposure_day(Exposure.published_at)).where(Exposure.id == exposure.id)
        )
        missing = set(queries.unmet(exposure, day or today()))
        found += bool(missing - {"no_reply_on_file", "offer_escalated", "reply_period_lapsed"})
    return found


def _doubled() -> int:
    """Notices that a mail server took more than once."""
    accepted = (
        select(Delivery.notice_id)
        .join(Notice, (Notice.tenant_id == Delivery.tenant_id) & (Notice.id == Delivery.notice_id))
        .where(OURS, Delivery.outcome == Outcome.ACCEPTED)
        .group_by(Delivery.notice_id)
        .having(func.count() > 1)
        .subquery()
    )
    return int(db.session.scalar(select(func.count()).select_from(accepted)) or 0)
