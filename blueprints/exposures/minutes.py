"""The minutes of a tripartite interview (三方约谈纪要) as a document to read back and sign."""

import re
from datetime import date
from typing import Any

from blueprints.exposures.facts import procedure_facts
from blueprints.exposures.step_models import ExposureStep
from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.model import Letter
from blueprints.notices.letters.values import Lang
from blueprints.notices.wordings import text_in_force
from blueprints.offers.ground.queries import get_offer

TEXT = "09b-interview-minutes"
_PARTS = re.compile(r"[,，、;；\t\u3000 ]+")
NOBODY = "—"


def people_in(typed: str) -> list[dict[str, str]]:
    """Who was there, one a line: body, name, post."""
    found = []
    for line in filter(None, map(str.strip, typed.splitlines())):
        unit, name, post = [*_PARTS.split(line, maxsplit=2), NOBODY, NOBODY][:3]
        found.append({"attendee_unit": unit, "attendee_name": name, "attendee_post": post})
    return found


def points_in(typed: str) -> list[dict[str, Any]]:
    """What was agreed, one point a line, numbered."""
    lines = filter(None, map(str.strip, typed.splitlines()))
    return [
        {"agreement_no": number, "agreement_text": line}
        for number, line in enumerate(lines, start=1)
    ]


def _fact(kept: dict[str, Any], lang: Lang) -> str:
    on, what = date.fromisoformat(kept["step_on"]), kept["step_fact"][lang]
    return (
        f"{on.year}年{on.month}月{on.day}日{what}" if lang == "zh" else f"{on.isoformat()} {what}"
    )


def minutes_letter(step: ExposureStep, lang: Lang = "zh") -> Letter:
    """The minutes as kept: a dash where nobody spoke, room for the pen where names are wanted."""
    kept = step.minutes
    facts = procedure_facts(get_offer(step.offer_id))
    said = ("union_comment", "authority_comment", "union_tripartite_comment",
            "employer_bodies_comment", "enterprise_statement", "open_points_text",
            "record_objection_text", "chair_name", "recorder_name")  # fmt: skip
    values = {
        **{name: kept.get(name) or NOBODY for name in said},
        "minutes_no": step.document_no,
        "meeting_at": step.letter.get("meeting_at"),
        "meeting_place": step.letter.get("meeting_place") or NOBODY,
        "attendees": people_in(kept.get("attendees") or ""),
        "agreements": points_in(kept.get("agreements") or ""),
        "procedure_facts": ("；" if lang == "zh" else "; ").join(_fact(one, lang) for one in facts),
    }
    return compose(text_in_force(TEXT), values, lang, blanks=True)
