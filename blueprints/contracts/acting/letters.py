"""The letters of acting for a lower union (15a to 15e): what fills them in, and who is told."""

from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from blueprints.contracts.ground.acting_models import (
    ActingAuthority,
    ActingMember,
    AuthorityMode,
    Ground,
)
from blueprints.contracts.ground.acting_words import GROUNDS, matters_words
from blueprints.notices.actions import post
from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.model import Letter
from blueprints.notices.letters.values import Lang
from blueprints.notices.wordings import text_in_force
from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.rulebook import queries as rulebook
from blueprints.supervisors.queries import supervisor_of
from rules.days import local_day
from rules.words import Text
from tenants.clock import now, today
from tenants.db import db
from tenants.federation import this_federation
from tenants.models import Document, User

REQUEST, DECISION, NOTICE = "15a-acting-request", "15b-acting-decision", "15c-acting-notice"
HANDBACK, JOINING = "15d-acting-handback", "15e-joining-notice"
TEXTS = {
    "request": REQUEST,
    "decision": DECISION,
    "notice": NOTICE,
    "hand-back": HANDBACK,
    "joining": JOINING,
}
WITHIN = Text("一个月", "one month")
PROGRESS = Text("三天", "three days")
BOARD = Text("厂务公开栏", "the notice board")
ONCE_ABLE = Text("下级工会能够独立开展协商", "the lower union can bargain by itself")


def letters_of(authority: ActingAuthority) -> list[str]:
    """The letters that this authority has, in their order."""
    found = []
    if authority.ground in {Ground.REQUEST, Ground.WEAK_UNION}:
        found.append("request")
    found += ["decision", "notice"]
    if authority.mode == AuthorityMode.UPPER_JOINS:
        found.append("joining")
    if authority.handback:
        found.append("hand-back")
    return found


def letter_of(authority: ActingAuthority, name: str, lang: Lang) -> Letter:
    """A letter of the authority: a draft with blanks until a leader has decided."""
    issued = authority.approved_at is not None
    values = {**common(authority), **_OWN[name](authority)}
    sealed = local_day(authority.approved_at) if authority.approved_at else None
    return compose(
        text_in_force(TEXTS[name]), values, lang, draft=not issued or name == "request",
        sealed_on=sealed,
    )  # fmt: skip


def common(authority: ActingAuthority) -> dict[str, Any]:
    """What all of them say alike."""
    federation = this_federation()
    contact = federation.settings.get("contact", {})
    helper = supervisor_of(authority.enterprise_id, today()) if authority.enterprise_id else None
    officer = db.session.scalar(select(User).where(User.id == authority.proposed_by_id))
    phone = contact.get("phone") or "—"
    decided = local_day(authority.approved_at) if authority.approved_at else today()
    return {
        "issuer_name": authority.acting_name,
        "upper_union_name": authority.acting_name,
        "addressee_name": authority.principal_name,
        "union_name": authority.principal_name,
        "unit_scope_name": authority.scope_name,
        "doc_no": authority.document_no,
        "acting_decision_no": authority.document_no,
        "acting_ground": _ground(authority),
        "acting_matters": matters_words(authority.matters),
        "acting_from": authority.from_on,
        "acting_until": authority.until_on,
        "acting_rule_article": _duty(authority),
        "acting_officer_name": officer.name if officer else federation.name,
        "supervisor_name": helper.name if helper else federation.name,
        "supervisor_phone": (helper.phone if helper else None) or phone,
        "contact_name": contact.get("name") or federation.name,
        "contact_phone": phone,
        "contact_address": contact.get("address") or federation.name,
        "handback_plan_text": authority.handback_plan,
        "issued_on": decided,
        "as_of_at": now(),
    }


def _request(authority: ActingAuthority) -> dict[str, Any]:
    return {
        "scope_worker_count": workers_of(authority),
        "acting_other_text": Text("无", "none"),
        "signatory_name": None,
        "doc_no": authority.request_no,
        "request_decision_text": Text("工会委员会会议", "a meeting of the union's committee"),
    }


def _decision(authority: ActingAuthority) -> dict[str, Any]:
    on_request = authority.request_no is not None
    return {
        "on_request": on_request,
        "on_own_finding": not on_request,
        "request_no": authority.request_no or "—",
        "visited_on": authority.visited_on or local_day(authority.proposed_at),
        "visit_no": f"A-{authority.id}",
        "handback_condition_text": ONCE_ABLE,
        "handback_period_text": WITHIN,
    }


def _notice(authority: ActingAuthority) -> dict[str, Any]:
    return {
        "progress_notice_text": PROGRESS,
        "posting_place": BOARD,
        "principal_url": principal_url(authority),
    }


def _hand_back(authority: ActingAuthority) -> dict[str, Any]:
    said = authority.handback
    nothing = {
        "item_title": Text("无", "none"), "item_state": "—", "item_due_on": said.get("on"),
        "item_owner": authority.principal_name,
    }  # fmt: skip
    return {
        "handback_ground_text": said.get("ground"),
        "handback_on": said.get("on"),
        "done_text": said.get("done"),
        "open_items": said.get("open_items") or [nothing],
        "trace_count": papers_of(authority),
        "support_until": said.get("support_until"),
        "receiver_name": said.get("receiver"),
        "issued_on": said.get("on"),
    }


def _joining(authority: ActingAuthority) -> dict[str, Any]:
    book = rulebook.book(today())
    until = f"{authority.from_on.isoformat()} – {authority.until_on.isoformat()}"
    officer = db.session.scalar(select(User).where(User.id == authority.proposed_by_id))
    return {
        "bargaining_subject": authority.scope_name,
        "joiners": [
            {
                "joiner_name": officer.name if officer else "—",
                "joiner_post": authority.acting_name,
                "joiner_role": Text("顾问或者外聘协商代表", "adviser or external representative"),
                "joiner_period_text": until,
            }
        ],
        "external_rule_article": book.rule("reps.external_max_ratio"),
        "external_check_text": Text("随代表名册核对", "checked with the roster"),
        "chief_external_rule_article": book.rule("chief.external_allowed"),
        "conflict_check_text": Text("未发现利害关系", "no conflict found"),
        "answer_due_on": authority.from_on,
    }


_OWN = {
    "request": _request,
    "decision": _decision,
    "notice": _notice,
    "hand-back": _hand_back,
    "joining": _joining,
}


def tell_of_the_decision(authority: ActingAuthority) -> None:
    """The notice (15c) to the principal, with the signed link, and to the enterprise concerned."""
    values = {**common(authority), **_notice(authority)}
    _post("acting_notice", authority, NOTICE, values)
    if authority.enterprise_id is None:
        return
    firm = db.session.scalars(
        select(Enterprise).where(Enterprise.id == authority.enterprise_id)
    ).one()
    post(
        "acting_notice", subject=authority, recipient=f"enterprise:{firm.id}", name=firm.name,
        address=firm.email, text_id=NOTICE,
        values={**values, "addressee_name": firm.name, "principal_url": "—"},
    )  # fmt: skip


def tell_of_the_hand_back(authority: ActingAuthority) -> None:
    _post("acting_handback", authority, HANDBACK, {**common(authority), **_hand_back(authority)})


def _post(kind: str, authority: ActingAuthority, text_id: str, values: dict[str, Any]) -> None:
    union = authority.principal_id
    post(
        kind, subject=authority, recipient=f"union:{union}" if union else "principal",
        name=authority.principal_name, address=authority.principal_email, text_id=text_id,
        values=values,
    )  # fmt: skip


def principal_url(authority: ActingAuthority) -> str:
    """Where the principal objects or revokes: the token is the key, no account is needed."""
    base = current_app.config["BASE_URL"]
    return f"{base}/{this_federation().slug}/acting-for-us/{authority.token}"


def workers_of(authority: ActingAuthority) -> int:
    """Workers of the enterprises in its scope, as far as they were counted."""
    query = (
        select(func.coalesce(func.sum(Enterprise.headcount), 0))
        .join(ActingMember, ActingMember.enterprise_id == Enterprise.id)
        .where(ActingMember.authority_id == authority.id)
    )
    return int(db.session.scalar(query) or 0)


def papers_of(authority: ActingAuthority) -> int:
    query = (
        select(func.count())
        .select_from(Document)
        .where(Document.subject_kind == "acting_authority", Document.subject_id == authority.id)
    )
    return int(db.session.scalar(query) or 0)


def principal_of(authority: ActingAuthority) -> TradeUnion | None:
    return db.session.scalar(select(TradeUnion).where(TradeUnion.id == authority.principal_id))


def _ground(authority: ActingAuthority) -> Text:
    known = GROUNDS[authority.ground]
    return Text(f"{known.zh}：{authority.ground_text}", f"{known.en}: {authority.ground_text}")


def _duty(authority: ActingAuthority) -> Any:
    on: date = authority.from_on
    return rulebook.book(on).rule("acting.upper_union_duty")
