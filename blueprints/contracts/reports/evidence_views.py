"""What proves a finding, a correction, a report, a payment or a bond: opened by whoever sees it."""

from flask import abort
from flask.typing import ResponseReturnValue

from blueprints.contracts.ground import queries
from blueprints.contracts.ground.membership_models import Membership
from blueprints.contracts.membership import lists as member_lists
from blueprints.contracts.performance import check_queries, finding_queries
from blueprints.contracts.performance.check_views import bp
from blueprints.contracts.register.views import bp as contracts
from blueprints.contracts.reports import queries as reports
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires, viewer
from tenants.db import db
from tenants.files import open_document
from tenants.models import Document
from tenants.roles import May
from tenants.scope import current_tenant_id


@bp.get("/checks/<int:check_id>/clauses/<int:clause_id>/evidence")
@requires(May.CONTRACTS_READ)
def of_fact(check_id: int, clause_id: int) -> ResponseReturnValue:
    """The photo or paper behind what a check found of one clause."""
    check = check_queries.seen(check_id, viewer())
    fact = check_queries.fact_of(check.id, clause_id) or abort(404)
    return opened(fact.evidence_id)


@bp.get("/findings/<int:finding_id>/<any(evidence, correction):what>.file")
@requires(May.CONTRACTS_READ)
def of_finding(finding_id: int, what: str) -> ResponseReturnValue:
    """What proves the gap, or that it was put right."""
    finding = finding_queries.seen(finding_id, viewer())
    return opened(finding.evidence_id if what == "evidence" else finding.fix_evidence_id)


@bp.get("/reports/<int:report_id>/evidence")
@requires(May.CONTRACTS_READ)
def of_report(report_id: int) -> ResponseReturnValue:
    """The minutes of the congress that heard it."""
    return opened(reports.seen(report_id, viewer()).evidence_id)


@bp.get("/wages/<int:wage_fact_id>/evidence")
@requires(May.CONTRACTS_READ)
def of_wages(wage_fact_id: int) -> ResponseReturnValue:
    """The board or the payroll that shows what was paid."""
    return opened(reports.wages_seen(wage_fact_id, viewer()).evidence_id)


@contracts.get("/<int:contract_id>/members/<int:membership_id>/evidence")
@requires(May.CONTRACTS_READ)
def of_member(contract_id: int, membership_id: int) -> ResponseReturnValue:
    """The mandate or the seal on which an enterprise is bound."""
    contract = queries.seen(contract_id, viewer())
    rows = member_lists.members(contract.id, viewer(), member_lists.Asked())
    row = db.session.execute(rows.where(Membership.id == membership_id)).first() or abort(404)
    return opened(row.evidence_id)


def opened(document_id: int | None) -> ResponseReturnValue:
    """The file, to keep; 404 where none was attached."""
    found = db.session.get(Document, (current_tenant_id(), document_id)) if document_id else None
    if found is None:
        abort(404)
    return attachment(open_document(found), found.name, found.media_type)
