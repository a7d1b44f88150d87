"""The cards of a contract's page: clauses, members, filing, publication, floors."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from blueprints.contracts.filing import actions as filing
from blueprints.contracts.ground import clocks, queries
from blueprints.contracts.ground.contributions import Entry, Section, contract_events, section
from blueprints.contracts.ground.filing_models import FilingState, PublicationKind
from blueprints.contracts.ground.labels import CLAUSES, MEMBER_BASES
from blueprints.contracts.ground.membership_models import Membership
from blueprints.contracts.ground.membership_words import state_label, state_look
from blueprints.contracts.ground.models import IN_FORCE, TOOK_EFFECT, Contract, Reach
from blueprints.contracts.making import floors
from blueprints.contracts.membership.actions import wanted_here
from blueprints.contracts.membership.lists import Asked, each_seen, how_many, may_open
from blueprints.contracts.papers import letters
from blueprints.contracts.register.clause_actions import may_be_recorded
from blueprints.notices.letters.check import qr_svg
from blueprints.registry.models import Enterprise
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

SHOWN = 6  # of members and of postings; the whole list has a page of its own
PAGE = Text("职工查阅页二维码", "Code of the page for workers")
FILING_STATES = {
    FilingState.ASSEMBLING: (Text("准备中", "Being put together"), "draft"),
    FilingState.FILED: (Text("审查中", "Under review"), "run"),
    FilingState.SUPPLEMENT: (Text("待补正", "To be completed"), "late"),
    FilingState.PASSED: (Text("审查通过", "Passed"), "ok"),
    FilingState.OBJECTED: (Text("有审查意见", "Objection"), "late"),
}


@section(10, _l("Clauses"))
def clauses(contract: Contract, viewer: Viewer) -> Section:
    """What was agreed, clause by clause, and the whole text."""
    return Section(
        "contracts/_clauses.html",
        {
            "contract": contract,
            "rows": queries.clauses(contract),
            "kinds": CLAUSES,
            "may_record": may_be_recorded(contract) and viewer.may(May.CONTRACTS_EDIT),
        },
    )


@section(20, _l("Whom it binds"))
def members(contract: Contract, viewer: Viewer) -> Section:
    """The first of its members by name, as far as one may see each, and how many stand where."""
    counted = dict(
        db.session.execute(
            select(Membership.state, func.count())
            .where(Membership.contract_id == contract.id)
            .group_by(Membership.state)
        ).all()
    )
    rows = queries.members_of(contract.id).where(
        Membership.state != "left", each_seen(contract.id, viewer)
    )
    return Section(
        "contracts/_members.html",
        {
            "contract": contract,
            "rows": db.session.execute(
                rows.order_by(Enterprise.sort_key, Enterprise.id).limit(SHOWN)
            ).all(),
            "counted": [(state_label(name), number) for name, number in sorted(counted.items())],
            "total": how_many(contract.id, viewer, Asked()),
            "may_open": may_open(contract.id, viewer),
            "bases": MEMBER_BASES,
            "state": state_label,
            "look": state_look,
            "wanted": wanted_here(contract),
        },
    )


@section(30, _l("Filing and review"))
def filings(contract: Contract, _viewer: Viewer) -> Section | None:
    """Each handing-in with its papers, its clock and what came back."""
    if contract.signed_on is None or contract.effective_basis == "imported":
        return None
    found = queries.filings_of(contract.id)
    return Section(
        "contracts/_filing.html",
        {
            "contract": contract,
            "filings": [
                {
                    "filing": one,
                    "papers": queries.papers_of(one.id),
                    "missing": {paper.id for paper in filing.missing(one)},
                    "review": queries.review_of(one.id),
                    "due": clocks.explained(one.review_clock),
                }
                for one in found
            ],
            "file_due": clocks.explained(contract.file_clock),
            "states": FILING_STATES,
        },
    )


@section(40, _l("Publication"))
def publication(contract: Contract, viewer: Viewer) -> Section | None:
    """Where it hangs, enterprise by enterprise; who still has to post it."""
    if contract.state not in TOOK_EFFECT:
        return None
    rows = queries.publications_of(contract.id)
    told = {one.enterprise_id for one in rows if one.kind == PublicationKind.WORKERS}
    each = each_seen(contract.id, viewer)
    missing = queries.not_yet_published(contract.id, limit=SHOWN)
    names = queries.names_of_firms([one.enterprise_id for one in rows], each)
    shown = [one for one in rows if one.enterprise_id in names]
    seen = queries.names_of_firms([one.id for one in missing], each)
    return Section(
        "contracts/_publication.html",
        {
            "contract": contract,
            "rows": shown[-SHOWN:],
            "copies": [one for one in rows if one.kind == PublicationKind.UPPER_UNION],
            "names": names,
            "told": len(told),
            "missing": [one for one in missing if one.id in seen],
            "missing_count": missing[0].n if missing else 0,
            "due": clocks.explained(contract.publish_clock),
            "url": letters.public_url(contract),
            "qr": qr_svg(letters.public_url(contract), said(PAGE)),
            "open": contract.state in IN_FORCE,
        },
    )


@section(50, _l("What stands above it"))
def above(contract: Contract, _viewer: Viewer) -> Section | None:
    """For an enterprise contract: the industry's floor under each clause."""
    if contract.level != Reach.ENTERPRISE or contract.enterprise_id is None:
        return None
    on = contract.effective_on or contract.signed_on or today()
    found = floors.floor_findings(
        contract.enterprise_id, queries.clauses(contract), on, clocks.law_kind(contract)
    )
    return Section(
        "contracts/_floors.html",
        {"rows": floors.floors_above(contract.enterprise_id, on), "findings": found},
    )


@contract_events
def of_the_filings(contract: Contract) -> Iterator[Entry]:
    """The last day of each review, ahead while it runs."""
    for one in queries.filings_of(contract.id):
        if one.review_ends_on is not None and one.state == FilingState.FILED:
            yield Entry(
                one.review_ends_on,
                Text("审查期最后一日", "Last day of the review"),
                kind="next" if one.review_ends_on >= today() else "",
            )
