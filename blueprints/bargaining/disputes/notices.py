"""What both sides are told of a dispute: that it was applied for, its course, its outcome."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from blueprints.bargaining.disputes import clocks as dispute_clocks
from blueprints.bargaining.disputes.parties import ears_of
from blueprints.bargaining.ground.clocks import rule_for
from blueprints.bargaining.ground.dispute_models import Dispute
from blueprints.bargaining.ground.labels import subject_of
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.table_words import APPLICANTS
from blueprints.notices.actions import post
from blueprints.notices.models import Notice
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.federation import this_federation

APPLIED_TEXT, NEWS_TEXT = "29b-coordination-notice", "29c-coordination-news"
APPLIED_KIND, NEWS_KIND = "coordination", "coordination_news"


class News(StrEnum):
    """What has come of it. The last four are the states in which a dispute is over."""

    ACCEPTED = "accepted"
    EXTENDED = "extended"
    ENDING = "ending"
    SETTLED = "settled"
    ENDED = "ended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


TITLES: Mapping[News, Text] = {
    News.ACCEPTED: Text("已受理", "It has been taken up"),
    News.EXTENDED: Text("协调期限延长", "The period has been extended"),
    News.ENDING: Text("协调期限即将届满", "The period is about to end"),
    News.SETTLED: Text("已达成协调协议", "A settlement has been reached"),
    News.ENDED: Text("期满未达成一致，协商项目终结",
                     "The period ended without a settlement; the case is closed"),
    News.REFUSED: Text("未予受理", "It was not taken up"),
    News.WITHDRAWN: Text("申请已撤回", "The application was withdrawn"),
}  # fmt: skip
NEXT: Mapping[News, Text] = {
    News.SETTLED: Text("双方据此继续协商，形成草案。",
                       "Bargaining goes on with it, towards a draft."),
    News.REFUSED: Text("双方回到协商。", "The sides are at the table again."),
    News.WITHDRAWN: Text("双方回到协商。", "The sides are at the table again."),
}  # fmt: skip
NO_CLOCK = Text(
    "当地协调期限尚未核实，没有计算届满日期。",
    "The period of this place is not verified, so no last day is counted.",
)


def tell_applied(case: BargainingCase, dispute: Dispute) -> None:
    """Both sides learn in the same words that the authority was asked."""
    rule = rule_for(case, dispute_clocks.MAKING, dispute.applied_on)
    known = _shared(case, dispute) | {
        "applicant_side": APPLICANTS[dispute.applicant],
        "matter_text": dispute.matter,
        "dispute_rule_text": rule.text.without_stop(),
        "protection_rule_article": rule_for(case, "reps.protection"),
    }
    _post(case, dispute, APPLIED_KIND, APPLIED_TEXT, known)


def tell(case: BargainingCase, dispute: Dispute, news: News, on: date, outcome: str = "") -> None:
    """Both sides learn in the same words what has come of it."""
    known = _shared(case, dispute) | {
        "news_title": TITLES[news], "news_on": on, "news_text": _words(dispute, news, outcome),
    }  # fmt: skip
    _post(case, dispute, NEWS_KIND, NEWS_TEXT, known)


def _words(dispute: Dispute, news: News, outcome: str) -> Text:
    """What was said about it, the day by which it ends, and what follows."""
    said = Text(outcome, outcome)
    if news in {News.ACCEPTED, News.EXTENDED, News.ENDING}:
        return _joined(said, _last_day(dispute))
    return _joined(said, NEXT.get(news, Text("", "")))


def _last_day(dispute: Dispute) -> Text:
    clock = dispute_clocks.clock_of(dispute.id)
    if clock is None:
        return NO_CLOCK
    day = clock.due_on.isoformat()
    return Text(f"协调期限到{day}为止。", f"The period ends on {day}.")


def _joined(first: Text, then: Text) -> Text:
    zh = "".join(f"{one.rstrip('。')}。" for one in (first.zh, then.zh) if one)
    en = " ".join(f"{one.rstrip('.。')}." for one in (first.en, then.en) if one)
    return Text(zh, en)


def _shared(case: BargainingCase, dispute: Dispute) -> dict[str, Any]:
    contact = this_federation().settings.get("contact", {})
    return {
        "bargaining_subject": subject_of(case),
        "case_no": case.document_no,
        "authority_name": dispute.authority,
        "applied_on": dispute.applied_on,
        "dispute_rule_article": rule_for(case, dispute_clocks.MAKING, dispute.applied_on),
        "contact_name": contact.get("name") or this_federation().name,
        "contact_phone": contact.get("phone") or "—",
        "issuer_name": this_federation().name,
        "issued_on": today(),
    }


def _post(
    case: BargainingCase, dispute: Dispute, kind: str, text_id: str, known: Mapping[str, Any]
) -> None:
    number = _told(dispute, kind) + 1
    for ear in ears_of(case):
        post(
            kind, subject=dispute, recipient=ear.recipient, name=ear.name, address=ear.address,
            text_id=text_id, values={**known, "recipient_name": ear.name}, sequence=number,
        )  # fmt: skip


def _told(dispute: Dispute, kind: str) -> int:
    """How often both sides were told something of this kind about this dispute."""
    query = select(func.max(Notice.sequence)).where(
        Notice.kind == kind,
        Notice.subject_kind == Dispute.__tablename__,
        Notice.subject_id == dispute.id,
    )
    return db.session.scalar(query) or 0
