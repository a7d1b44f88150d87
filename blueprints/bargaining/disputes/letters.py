"""The application for coordination as a letter to the labour authority, filled from the case."""

from datetime import date
from typing import Any

from blueprints.bargaining.disputes.clocks import MAKING
from blueprints.bargaining.disputes.parties import name_of_side
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.clocks import rule_for
from blueprints.bargaining.ground.dispute_models import Dispute
from blueprints.bargaining.ground.labels import SIDES, subject_of
from blueprints.bargaining.ground.meeting_models import Position, PositionKind
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.table_words import APPLICANTS
from blueprints.bargaining.ground.team_models import Representative, Side
from blueprints.bargaining.meetings import queries as meetings
from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.model import Letter
from blueprints.notices.letters.values import Lang, printed
from blueprints.notices.wordings import text_in_force
from rules.clauses import plain
from rules.words import Text
from tenants.federation import this_federation

TEXT_ID = "29a-coordination-application"
NO_MINUTES = Text("协商经过的书面说明", "a written account of the bargaining")
REPLY = Text("要约书、送达凭证和答复", "the offer, proof of its service, and the reply")


def application_letter(case: BargainingCase, dispute: Dispute, lang: Lang) -> Letter:
    """What the officer prints, has sealed and hands in; what is not known stays for the pen."""
    workers, employer = (queries.chief_of(case.id, side) for side in (Side.WORKERS, Side.EMPLOYER))
    totals = queries.totals_of(case.id)
    rule = rule_for(case, MAKING, dispute.applied_on)
    contact = this_federation().settings.get("contact", {})
    known = {
        "authority_name": dispute.authority,
        "case_no": case.document_no,
        "bargaining_subject": subject_of(case),
        "applicant_side": APPLICANTS[dispute.applicant],
        "worker_side_name": name_of_side(case, Side.WORKERS),
        "employer_side_name": name_of_side(case, Side.EMPLOYER),
        **_chief("worker_chief", workers),
        **_chief("employer_chief", employer),
        "scope_enterprise_count": totals.enterprises,
        "scope_worker_count": totals.workers,
        "course_text": _course(case),
        "matter_text": dispute.matter,
        "open_points": [
            {"point_no": number, "point_text": words}
            for number, words in enumerate(_open_points(case), start=1)
        ],
        "dispute_rule_article": rule,
        "dispute_rule_text": rule.text.without_stop(),
        "proofs": [
            {"proof_no": number, "proof_title": title}
            for number, title in enumerate(_proofs(case), start=1)
        ],
        "contact_name": contact.get("name") or this_federation().name,
        "contact_phone": contact.get("phone"),
        "applied_on": dispute.applied_on,
    }
    values = {name: value for name, value in known.items() if value is not None}
    return compose(text_in_force(TEXT_ID), values, lang, blanks=True)


def _chief(slot: str, chief: Representative | None) -> dict[str, Any]:
    return {
        f"{slot}_name": chief.name if chief else None,
        f"{slot}_phone": (chief.phone or None) if chief else None,
    }


def _course(case: BargainingCase) -> Text:
    """When it was opened, how often the sides met, and when last."""
    held = meetings.held(case.id)
    zh, en = _days(case.opened_on)
    if not held or held[-1].held_on is None:
        return Text(f"{zh}立项，尚未召开协商会议。",
                    f"Opened on {en}; no bargaining meeting has been held.")  # fmt: skip
    last_zh, last_en = _days(held[-1].held_on)
    return Text(
        f"{zh}立项，已召开协商会议{len(held)}次，最近一次为{last_zh}，未能协商一致。",
        f"Opened on {en}; meetings held: {len(held)}, the last on {last_en}, without agreement.",
    )


def _days(day: date) -> tuple[str, str]:
    """A day as letters have it, in Chinese and in English."""
    return printed("day", "date", day, "zh"), printed("day", "date", day, "en")


def _open_points(case: BargainingCase) -> list[Text]:
    """What each side last said on every topic that the last turn did not settle."""
    found = []
    for topic, chain in meetings.positions_of(case.id).items():
        if chain[-1].kind == PositionKind.AGREES:
            continue
        last = {one.side: one for one in chain}
        sides = [(SIDES[side], _words(last[side])) for side in Side if side in last]
        zh = "；".join(f"{side.zh}{words}" for side, words in sides)
        en = "; ".join(f"{side.en}: {words}" for side, words in sides)
        found.append(Text(f"{topic}：{zh}", f"{topic}: {en}"))
    return found


def _words(one: Position) -> str:
    return one.body if one.amount is None else f"{plain(one.amount)} {one.unit}（{one.body}）"


def _proofs(case: BargainingCase) -> list[Text]:
    held = meetings.held(case.id)
    minutes = [
        Text(f"第{one.number}次协商会议纪要", f"minutes of meeting {one.number}") for one in held
    ]
    return [REPLY, *(minutes or [NO_MINUTES])]
