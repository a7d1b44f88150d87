"""Visits on a sheet and on paper, and the enterprises a visit can begin at."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from flask import current_app, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.docx import docx
from blueprints.notices.letters.model import Letter
from blueprints.notices.letters.pdf import pdf
from blueprints.notices.wordings import text_in_force
from blueprints.registry.areas import area_name
from blueprints.registry.models import Enterprise
from blueprints.registry.policy import within_reach
from blueprints.registry.queries import found_by
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import language, said
from blueprints.shared.links import same_questions
from blueprints.supervisors.models import Supervisor
from blueprints.visits import labels, photos
from blueprints.visits.models import Visit
from rules.days import local_day
from rules.reasons import reason
from rules.words import Text
from tenants.db import db
from tenants.roles import May

NOBODY_SERVES = Text(
    "这家企业目前没有指导员，请先指派再登记走访。",
    "Nobody serves this enterprise; assign a supervisor before a visit is recorded.",
)
TEXT_ID = "27c-supervisor-visit"
SHOWN = 30


def sheets(endpoint: str) -> list[tuple[str, str]]:
    """The sheets of just what a list shows."""
    return [
        (kind.upper(), same_questions(url_for(endpoint, kind=kind))) for kind in ("xlsx", "csv")
    ]


def heads() -> list[str]:
    return [
        _("Number"), _("Day"), _("Enterprise"), _("Area"), _("Supervisor"), _("State"),
        _("What for"), _("Met"), _("What came of it"), _("Minutes"), _("What they said"),
        _("Next step"), _("Next day"), _("Service recorded"),
    ]  # fmt: skip


def rows(found: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    for row in found:
        yield (
            row.visit_no,
            row.on,
            row.name,
            said(area_name(row.area)) if row.area else "",
            row.supervisor,
            str(labels.STATES[row.state]),
            str(labels.PURPOSES[row.purpose]),
            row.met_post or (str(labels.METS[row.met]) if row.met else ""),
            str(labels.OUTCOMES[row.outcome]) if row.outcome else "",
            row.minutes,
            row.said,
            str(labels.NEXT_STEPS[row.next_step]) if row.next_step else "",
            row.next_on,
            _("yes") if row.service_id else "",
        )


def choice(viewer: Viewer) -> dict[str, Any]:
    """Enterprises within reach by name, for the first step of a visit."""
    asked = request.args.get("q", "").strip()[:100]
    query = select(
        Enterprise.id, Enterprise.name, Enterprise.area, Enterprise.locality, Enterprise.address
    ).where(within_reach(viewer, May.VISITS_RECORD), Enterprise.status == "active")
    if asked:
        query = query.where(found_by(asked))
    query = query.order_by(Enterprise.sort_key, Enterprise.id).limit(SHOWN + 1)
    found = db.session.execute(query).all()
    return {"asked": asked, "enterprises": found[:SHOWN], "more": len(found) > SHOWN}


def record_letter(visit: Visit, enterprise: Enterprise, form: str) -> bytes:
    """Form 27c, filled in with what was recorded; what was not is a line for the pen."""
    letter = compose(text_in_force(TEXT_ID), values(visit, enterprise), language(), blanks=True)
    return on_paper(letter, form)


def on_paper(letter: Letter, form: str) -> bytes:
    if form == "pdf":
        return pdf(letter, font_dir=current_app.extensions["settings"].font_dir)
    return docx(letter)


def values(visit: Visit, enterprise: Enterprise) -> dict[str, Any]:
    supervisor = db.session.get_one(Supervisor, (visit.tenant_id, visit.supervisor_id))
    at = visit.visited_at.strftime(" %H:%M") if visit.visited_at else ""
    evidence = [_("photo %(n)s", n=one.id) for one in photos.of(visit)]
    return {
        "visit_no": visit.visit_no,
        "supervisor_name": supervisor.name,
        "enterprise_name": enterprise.name,
        "visited_at": f"{visit.visited_on}{at}",
        "visit_place": visit.place,
        "visit_minutes": visit.minutes,
        "visit_way": ticked(labels.WAYS, visit.way),
        "visited_person_role": visit.met_post or str(labels.METS[cast("str", visit.met)]),
        "visit_purpose": str(labels.PURPOSES[visit.purpose]),
        "visit_topics": _(", ").join(str(labels.TOPIC_WORDS[one]) for one in visit.topics) or "—",
        "visit_statement_text": visit.said,
        "visit_help_text": visit.help_given,
        "visit_result": ticked(labels.OUTCOMES, visit.outcome),
        "refusal_reason_codes": said(reason(visit.refusal_code).label)
        if visit.refusal_code
        else "—",
        "next_step_text": str(labels.NEXT_STEPS[cast("str", visit.next_step)]),
        "next_step_on": visit.next_on,
        "evidence_ids": _(", ").join(evidence) or "—",
        "visit_expense": None,
        "signed_on": local_day(visit.recorded_at) if visit.recorded_at else None,
    }


def ticked(words: Any, chosen: str | None) -> str:
    """All choices with the one that was made ticked, as on a form."""
    return "　".join(f"{'☑' if value == chosen else '☐'} {label}" for value, label in words.items())
