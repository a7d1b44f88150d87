"""The list of mail that came back: what may be asked of it, and the rows that answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from flask_babel import gettext as _
from sqlalchemy import Select, and_, func, select

from blueprints.notices.bounces import BounceReport, Verdict
from blueprints.notices.models import Notice
from blueprints.shared.languages import said
from blueprints.shared.paging import Key, Page, leaf
from rules.words import Text
from tenants.db import db

VERDICTS: Mapping[str, tuple[Text, Text, str]] = {  # its name, what it means, its look
    Verdict.HARD: (
        Text("永久退回", "Returned for good"),
        Text("地址无效，已停止发送，请更正联系方式。",
             "The address does not work; nothing more goes there until the contact is repaired."),
        "late",
    ),
    Verdict.SOFT: (
        Text("暂时退回", "Returned for now"),
        Text("邮箱已满或者被拦截，系统稍后自动再发两次。",
             "The mailbox was full or the mail was blocked; it is sent again by itself, twice."),
        "soon",
    ),
    Verdict.DELAYED: (
        Text("对方仍在尝试", "Still being tried"),
        Text("对方系统还在投递，不用处理。", "The other side keeps trying; nothing to do."),
        "run",
    ),
    Verdict.LATE: (
        Text("已无影响", "Too late to matter"),
        Text("通知已经送到，或者已改发其他地址。",
             "The notice has arrived after all, or goes to another address by now."),
        "ok",
    ),
    Verdict.REPLAYED: (
        Text("重复使用", "Used before"),
        Text("这个退信凭证已经用过，不予处理。", "Its token has been used already; ignored."),
        "stop",
    ),
    Verdict.EXPIRED: (
        Text("凭证过期", "Expired"),
        Text("退信太晚，凭证已过期，不予处理。", "It came too late for its token; ignored."),
        "stop",
    ),
    Verdict.FORGED: (
        Text("凭证不实", "Forged"),
        Text("凭证不是本单位签发的，不予处理。", "Its token is not ours; ignored."),
        "stop",
    ),
    Verdict.NO_TOKEN: (
        Text("无从辨认", "Names no notice"),
        Text("没有凭证，看不出是哪一封通知。", "It bears no token, so it names no notice."),
        "stop",
    ),
    Verdict.NO_BOUNCE: (
        Text("不是退信", "No report"),
        Text("自动回复或者来信，请到邮箱里看。",
             "An automatic answer or a letter; read it in the mailbox."),
        "run",
    ),
}  # fmt: skip
SOURCES = {"mailbox": Text("邮箱", "mailbox"), "file": Text("文件", "file")}
COLUMNS = (
    BounceReport.id,
    BounceReport.created_at,
    BounceReport.verdict,
    BounceReport.source,
    BounceReport.address,
    BounceReport.answer,
    BounceReport.notice_id,
    Notice.recipient_name,
    Notice.address.label("sent_to"),
)


@dataclass(frozen=True)
class Asked:
    """The questions of the filter bar, as they stand in the address."""

    q: str = ""
    verdict: str = ""
    sort: str = "-at"
    cursor: str | None = None

    @property
    def filtered(self) -> bool:
        return bool(self.q or self.verdict)

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Self:
        return cls(
            q=args.get("q", "").strip()[:100],
            verdict=args.get("verdict", "") if args.get("verdict") in VERDICTS else "",
            sort="at" if args.get("sort") == "at" else "-at",
            cursor=args.get("cursor"),
        )


def reports(asked: Asked, *columns: Any) -> Select[Any]:
    of_notice = and_(
        Notice.tenant_id == BounceReport.tenant_id, Notice.id == BounceReport.notice_id
    )
    query = select(*columns).select_from(BounceReport).outerjoin(Notice, of_notice)
    if asked.verdict:
        query = query.where(BounceReport.verdict == asked.verdict)
    if asked.q:
        query = query.where(
            BounceReport.address.icontains(asked.q, autoescape=True)
            | Notice.recipient_name.icontains(asked.q, autoescape=True)
        )
    return query


def page_of(asked: Asked) -> Page:
    return leaf(reports(asked, *COLUMNS), [_key(asked)], cursor=asked.cursor)


def how_many(asked: Asked) -> int:
    return int(db.session.scalars(reports(asked, func.count())).one())


def heads() -> list[str]:
    return [_("When"), _("What it is"), _("Recipient"), _("Address"), _("Words"), _("From")]


def lines(asked: Asked) -> Iterator[tuple[Any, ...]]:
    key = _key(asked)
    order = key.ordered
    for row in db.session.execute(reports(asked, *COLUMNS).order_by(order)):
        yield (
            row.created_at,
            said(VERDICTS[row.verdict][0]),
            row.recipient_name,
            row.address or row.sent_to,
            row.answer,
            said(SOURCES[row.source]),
        )


def _key(asked: Asked) -> Key:
    return Key(BounceReport.id, descending=asked.sort == "-at")
