"""The page of a signing, its sheet, and the list of links to hand out."""

from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.draft_models import Draft
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.signature_models import LinkPurpose, Signing, SigningLink
from blueprints.bargaining.ground.table_words import BASES, METHODS, PARTIES, SIGNING_STATES, UNMET
from blueprints.bargaining.signing import queries as reads
from blueprints.bargaining.signing.accession_sheets import last_day, sheets_pdf
from blueprints.bargaining.signing.acts import SIGNING
from blueprints.bargaining.signing.sheet import MODES, sheet_pdf
from blueprints.bargaining.signing.sheet_signatures import signed_sheets
from blueprints.bargaining.table.acts import acts_on, bp
from blueprints.bargaining.table.links import address
from blueprints.notices.letters.check import qr_svg
from blueprints.shared.exports import attachment
from blueprints.shared.guards import Viewer, requires, viewer
from rules.broken import RuleBroken
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

CODES_UP_TO = 24  # drawing one takes as long as a small page; those of hundreds are printed


@bp.get("/signings/<int:signing_id>")
@requires(May.CASES_READ)
def signing(signing_id: int) -> ResponseReturnValue:
    """Who has signed, who has not, which enterprise is bound by what, and whom that covers."""
    row = reads.get_signing(signing_id, viewer())
    case = queries.get_case(row.case_id)
    return render_template("bargaining/signing.html", **signing_page(case, row, viewer()))


@bp.get("/signings/<int:signing_id>/accession.pdf")
@requires(May.CASES_EDIT)
def accession_sheets(signing_id: int) -> ResponseReturnValue:
    """A page for each enterprise that has not sealed: its link, a code to scan, the last day."""
    row = reads.get_signing(signing_id, viewer(), May.CASES_EDIT)
    case = queries.get_case(row.case_id)
    still = not_sealed(row, links_of(row)["enterprises"])
    if not still:
        raise RuleBroken(NO_LINKS)
    data = sheets_pdf(case, row, still, by=last_day(row, today()))
    return attachment(data, f"{case.document_no}-加入办理单.pdf", "application/pdf")


@bp.get("/signings/<int:signing_id>/accession/<int:enterprise_id>.pdf")
@requires(May.CASES_EDIT)
def accession_sheet(signing_id: int, enterprise_id: int) -> ResponseReturnValue:
    """The page of one enterprise: its link, its code, the last day."""
    row = reads.get_signing(signing_id, viewer(), May.CASES_EDIT)
    case = queries.get_case(row.case_id)
    url = links_of(row)["enterprises"].get(enterprise_id) or abort(404)
    data = sheets_pdf(case, row, {enterprise_id: url}, by=last_day(row, today()))
    name = queries.get_part(case, enterprise_id).name
    return attachment(data, f"{case.document_no}-{name}-加入办理单.pdf", "application/pdf")


@bp.get("/signings/<int:signing_id>/sheet.pdf")
@requires(May.CASES_READ)
def signing_sheet(signing_id: int) -> ResponseReturnValue:
    """The signing sheet: text, fingerprint, names, seals."""
    row = reads.get_signing(signing_id, viewer())
    case = queries.get_case(row.case_id)
    return attachment(sheet_pdf(case, row), f"{case.document_no}-签字页.pdf", "application/pdf")


def signing_page(case: BargainingCase, row: Signing, person: Viewer) -> dict[str, Any]:
    opened, closed = acts_on(SIGNING, case, row, person)
    return {
        "case": case,
        "signing": row,
        "draft": db.session.get_one(Draft, (row.tenant_id, row.draft_id)),
        "names": reads.names_under(row.id),
        "parties": ["workers", "employer", *(["upper"] if row.upper_signs else [])],
        "unmet": reads.unmet(row) if row.state == "open" else [],
        "coverage": reads.coverage_of(case, row),
        "links": links_of(row) if person.may(May.CASES_EDIT) else {},
        "last_day": last_day(row, today()),
        "chiefs": {side: queries.chief_of(case.id, side) for side in ("workers", "employer")},
        "qr": qr_svg,
        "codes_up_to": CODES_UP_TO,
        "sheets": signed_sheets(row.id),
        "open_acts": opened,
        "closed_acts": closed,
        "words": {
            "states": SIGNING_STATES, "parties": PARTIES, "methods": METHODS, "bases": BASES,
            "unmet": UNMET, "modes": MODES,
        },
    }  # fmt: skip


def not_sealed(row: Signing, links: dict[int, str]) -> dict[int, str]:
    """Links of the enterprises whose seal is still out."""
    seals = reads.seals_of(row.id)
    return {one: url for one, url in links.items() if "sealed" not in seals.get(one, {})}


def links_of(row: Signing) -> dict[str, Any]:
    """Addresses to hand out: of the chiefs by representative, of the enterprises by id."""
    query = select(SigningLink).where(
        SigningLink.signing_id == row.id, SigningLink.revoked_at.is_(None)
    )
    found = db.session.scalars(query.order_by(SigningLink.id)).all()
    return {
        "chiefs": {
            one.representative_id: address(one)
            for one in found
            if one.purpose == LinkPurpose.SIGNATURE
        },
        "enterprises": {
            one.enterprise_id: address(one) for one in found if one.purpose == LinkPurpose.ACCESSION
        },
    }


NO_LINKS = Text(
    "没有待办理的链接：请先生成链接，或者各企业均已盖章。",
    "There is no link to hand out: make the links first, or every enterprise has sealed.",
)
DESKS = (SIGNING,)
