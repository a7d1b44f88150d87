"""The form of a mandate for an enterprise: one by one, or all that are missing in one print."""

from collections.abc import Sequence
from typing import Any

from flask import current_app
from sqlalchemy import select

from blueprints.bargaining.ground.labels import subject_of
from blueprints.bargaining.ground.law import rule_of
from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise
from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.model import Letter
from blueprints.notices.letters.pdf import pdf_many
from blueprints.notices.letters.values import Lang
from blueprints.notices.wordings import text_in_force
from blueprints.registry.models import EmployerAssociation, Enterprise
from rules.law import Rule
from tenants.db import db

TEXT = "14-mandate-enterprise"
AT_ONCE = 400  # letters in one print


def form_letters(case: BargainingCase, rows: Sequence[CaseEnterprise], lang: Lang) -> list[Letter]:
    """A form each, filled with what the register knows, sorted by area; the rest for the pen."""
    query = select(Enterprise).where(Enterprise.id.in_([row.enterprise_id for row in rows]))
    firms = {firm.id: firm for firm in db.session.scalars(query)}
    agent = None
    if case.employer_association_id:
        agent = db.session.get(EmployerAssociation, (case.tenant_id, case.employer_association_id))
    text, form = text_in_force(TEXT), rule_of(case, "mandate.form")
    ordered = sorted(rows, key=lambda row: (firms[row.enterprise_id].area or "", row.name))
    return [
        compose(text, values(case, row, firms[row.enterprise_id], agent, form), lang, blanks=True)
        for row in ordered
    ]


def values(
    case: BargainingCase,
    row: CaseEnterprise,
    firm: Enterprise,
    agent: EmployerAssociation | None,
    form: Rule,
) -> dict[str, Any]:
    known = {
        "mandate_no": f"{case.document_no}-{row.id}",
        "principal_name": firm.name,
        "principal_credit_code": firm.credit_code,
        "agent_name": (agent.head or agent.name) if agent else None,
        "agent_post": agent.name if agent else None,
        "mandate_rule_article": form,
        "bargaining_subject": subject_of(case),
        "case_no": case.document_no,
        "principal_worker_count": row.headcount,
        "principal_women_count": row.women,
    }
    return {name: value for name, value in known.items() if value is not None}


def print_of(letters: Sequence[Letter]) -> bytes:
    """One PDF of all of them."""
    return pdf_many(letters, font_dir=current_app.extensions["settings"].font_dir)
