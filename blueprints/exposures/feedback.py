"""Feedback at every step of the ladder: what happened, and what comes next, to all concerned."""

from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from blueprints.exposures.models import Exposure
from blueprints.exposures.recipients import unions_of
from blueprints.exposures.step_models import ExposureStep
from blueprints.notices.actions import post
from blueprints.notices.models import Notice
from blueprints.offers.feedback.actions import Recipient, enterprise_of
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.queries import get_offer
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db
from tenants.federation import this_federation
from tenants.models import User

KIND = "exposure_feedback"
TEXT = "28x-mail-ladder-feedback"


@dataclass(frozen=True)
class News:
    """One thing that happened; `enterprise` says whether the enterprise is told as well."""

    happened: Text
    following: Text
    enterprise: bool = False


WAIT = Text("期限从送达之日起算，企业随时可以答复。", "Its term runs; a reply is welcome any day.")
STEP_SERVED = News(Text("文书已经送达", "The document has been served"), WAIT)
STEP_ANSWERED = News(
    Text("收到企业的书面答复", "A written answer has come in"),
    Text(
        "由提出人以外的人审核，结果另行书面告知。", "Somebody else examines it; the result follows."
    ),
    enterprise=True,
)
STEP_EXAMINED = News(
    Text("答复已经审核", "The answer has been examined"),
    Text("如有异议，可以向本会提出。", "If you disagree, please tell the federation."),
    enterprise=True,
)
MINUTES_KEPT = News(
    Text("三方约谈已经举行，纪要在卷", "The interview was held; its minutes are on file"),
    Text("请按约谈商定的事项办理。", "Please do what was agreed."),
    enterprise=True,
)
OUTCOME_KNOWN = News(
    Text("接收移送的部门已有结果", "The body it was handed to has decided"),
    Text("结果以该部门的文书为准。", "Its own document is what counts."),
    enterprise=True,
)
INTENT_SERVED = News(
    Text("拟公开告知书已经送达", "The notice of intent has been served"),
    Text("陈述申辩期内不作决定。", "Nothing is decided while the right of reply runs."),
)
STATEMENT_IN = News(
    Text("收到企业的陈述，原文在卷", "The statement has come in and is on file word for word"),
    Text("由提出人以外的人审核，结果书面告知。", "Somebody else examines it; the result follows."),
    enterprise=True,
)
STATEMENT_LATE = News(
    Text(
        "陈述期满后收到企业的陈述，原文在卷",
        "A statement has come in after the right of reply; it is on file word for word",
    ),
    Text(
        "照样审核；此前的同意不再算数，由两位领导重新决定。",
        "It is examined all the same; earlier approvals fall away and two leaders decide anew.",
    ),
    enterprise=True,
)
STATEMENT_EXAMINED = News(
    Text("企业的陈述已经审核", "The statement has been examined"),
    Text(
        "是否公开由两位领导另行决定；此前书面答复的，程序终止。",
        "Two leaders decide later; a written reply before that ends the matter.",
    ),
    enterprise=True,
)
DECIDED = News(
    Text("已决定公开", "Publication has been decided"),
    Text(
        "公布当时再次复核；企业答复的，不予公开。", "The record is checked again; a reply ends it."
    ),
)
ENDED = News(
    Text("公开程序已经终止，不予公开", "The procedure has ended; nothing is published"),
    Text("材料留存，不再继续。", "The file is kept and goes no further."),
    enterprise=True,
)
OBJECTED = News(
    Text("收到异议，已经加注", "An objection has come in and is marked"),
    Text(
        "处理期间不公布、不升级，结果书面答复。", "Nothing is raised meanwhile; the answer follows."
    ),
    enterprise=True,
)
UPHELD = News(
    Text("异议已经处理，认为不成立", "The objection has been decided: it is unfounded"),
    Text("公告至期满撤下；随时答复，随时撤下。", "It stands until its day; a reply takes it down."),
    enterprise=True,
)


def give(
    subject: ExposureStep | Exposure, news: News, detail: str = "", *, name: Text | None = None
) -> None:
    """Tell the unions, the person in charge and, where it concerns it, the enterprise."""
    offer = get_offer(subject.offer_id)
    sequence = 1 + _last(subject)
    values = {
        **_common(offer),
        "happened_text": _of(name, news.happened).to_json(),
        "detail_text": detail.strip() or "—",
        "following_text": news.following.to_json(),
        "happened_at": now(),
    }
    told = [*unions_of(offer), _in_charge(subject)]
    if news.enterprise:
        told.append(enterprise_of(offer))
    for who in {one.key: one for one in told}.values():
        post(
            KIND,
            subject=subject,
            recipient=who.key,
            name=who.name,
            address=who.address,
            text_id=TEXT,
            values={**values, "recipient_name": who.name},
            locale=who.locale,
            sequence=sequence,
            due_at=now(),
        )


def _of(name: Text | None, happened: Text) -> Text:
    if name is None:
        return happened
    return Text(f"{name.zh}：{happened.zh}", f"{name.en}: {happened.en}")


def _last(subject: ExposureStep | Exposure) -> int:
    """The number of the latest feedback on it; the offer's lock keeps two from being the same."""
    db.session.flush()
    kind, ident = trail.named(subject)
    query = select(func.max(Notice.sequence)).where(
        Notice.kind == KIND, Notice.subject_kind == kind, Notice.subject_id == ident
    )
    return int(db.session.scalar(query) or 0)


def _in_charge(subject: ExposureStep | Exposure) -> Recipient:
    user = db.session.scalars(select(User).where(User.id == subject.proposed_by_id)).one()
    return Recipient(f"user:{user.id}", user.name, user.email, user.locale)


def _common(offer: Offer) -> dict[str, Any]:
    federation = this_federation()
    contact = federation.settings.get("contact", {})
    return {
        "enterprise_name": offer.addressee_name,
        "letter_no": offer.document_no,
        "tenant_name": federation.name,
        "contact_name": contact.get("name") or federation.name,
        "contact_phone": contact.get("phone") or "—",
        "public_url": f"{current_app.config['BASE_URL']}/{federation.slug}/announcements",
    }
