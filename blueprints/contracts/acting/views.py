"""Acting for lower unions: the list, one authority with its letters, and how it begins and ends."""

from collections.abc import Callable
from typing import Any, cast

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.contracts.acting import actions as acting
from blueprints.contracts.acting import forms as acting_forms
from blueprints.contracts.acting import letters as acting_letters
from blueprints.contracts.acting import lists as acting_lists
from blueprints.contracts.acting.deeds import DEEDS, Deed
from blueprints.contracts.acting.pages import WORDS, authority_page
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.acting_words import GROUNDS
from blueprints.contracts.ground.labels import LEVELS
from blueprints.offers.ground.letters import rendered
from blueprints.shared.exports import attachment, sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import language, said
from blueprints.shared.links import same_questions
from blueprints.shared.uploads import upload
from tenants.clock import today
from tenants.db import db
from tenants.files import open_document
from tenants.models import Document
from tenants.roles import May

bp = Blueprint("acting", __name__, url_prefix="/<tenant>/acting")
LETTERS = "<any(request, decision, notice, joining, 'hand-back'):name>"
TYPES = {"pdf": "application/pdf", "docx": "application/octet-stream"}


@bp.get("")
@requires(May.CONTRACTS_READ)
def index() -> ResponseReturnValue:
    """Every authority, the one that ends first on top."""
    asked = acting_lists.Asked.of(request.args)
    return page(
        "acting/index.html",
        fragment="acting/_list.html",
        asked=asked,
        page=acting_lists.page_of(viewer(), asked),
        total=acting_lists.how_many(viewer(), asked),
        grounds=[(str(name), said(words)) for name, words in GROUNDS.items()],
        levels=[(str(name), said(words)) for name, words in LEVELS.items()],
        words=WORDS,
        exports=[
            (kind.upper(), same_questions(url_for(".export", kind=kind)))
            for kind in ("xlsx", "csv")
            if viewer().may(May.CONTRACTS_EXPORT)
        ],
    )


@bp.get("/export.<any(xlsx, csv):kind>")
@requires(May.CONTRACTS_EXPORT)
def export(kind: str) -> ResponseReturnValue:
    """Just what is filtered, as a sheet."""
    asked = acting_lists.Asked.of(request.args)
    keys = acting_lists.order_of(asked.sort)
    order = (key.ordered for key in keys)
    rows = db.session.execute(acting_lists.authorities(viewer(), asked).order_by(*order))
    heads = [
        _("Document number"), _("Scope"), _("On behalf of"), _("Who acts"), _("Ground"), _("State"),
        _("From"), _("Until"), _("Hand-back planned for"), _("Ended on"),
    ]  # fmt: skip
    lines = (
        [
            row.document_no, row.scope_name, row.principal_name, row.acting_name,
            said(GROUNDS[row.ground]), said(WORDS["state"](row.state)), row.from_on, row.until_on,
            row.handback_due_on, row.ended_on,
        ]
        for row in rows
    )  # fmt: skip
    return sheet(kind, _("Acting for lower unions"), heads, lines)


@bp.get("/new")
@requires(May.CONTRACTS_EDIT)
def new() -> ResponseReturnValue:
    """For a case, with what the case and the decision before it say already."""
    data: dict[str, Any] = {"level": request.args.get("level", "industry"), "party": "elected"}
    if ident := request.args.get("case", type=int):
        data = acting_lists.known_for_case(ident, viewer())
    data["from_on"] = today()
    form = acting_forms.ProposalForm(formdata=None, data=data, known=acting_lists.known())
    return proposal_page(form)


@bp.post("/new")
@requires(May.CONTRACTS_EDIT)
def create() -> ResponseReturnValue:
    """Propose it; a leader who did not propose it decides."""
    form = acting_forms.ProposalForm(known=acting_lists.known())
    if not form.validate():
        return proposal_page(form), 422
    authority = acting.propose(form.proposal(), by_id=viewer().id)
    scan = upload(form.scan, "acting.instrument", authority, by_id=viewer().id)
    if not scan.fine:
        db.session.rollback()
        return proposal_page(form), 422
    authority.instrument_id = scan.document_id
    db.session.commit()
    flash(_("It is proposed; another person decides."), "ok")
    return moved(url_for(".show", authority_id=authority.id))


@bp.get("/<int:authority_id>")
@requires(May.CONTRACTS_READ)
def show(authority_id: int) -> ResponseReturnValue:
    """One authority: ground, matters, limits, what the law asks, letters, objection, end."""
    authority = acting_lists.seen(authority_id, viewer())
    return render_template("acting/show.html", **authority_page(authority, viewer()))


@bp.get(f"/<int:authority_id>/{LETTERS}.<any(pdf, docx):form>")
@requires(May.CONTRACTS_READ)
def letter(authority_id: int, name: str, form: str) -> ResponseReturnValue:
    """Letters 15a to 15e, to print and seal."""
    authority = acting_lists.seen(authority_id, viewer())
    if name not in acting_letters.letters_of(authority):
        abort(404)
    made = acting_letters.letter_of(authority, name, language())
    data = cast("bytes", rendered(made, form))
    return attachment(data, f"{authority.document_no or _('draft')} {name}.{form}", TYPES[form])


@bp.get("/<int:authority_id>/instrument")
@requires(May.CONTRACTS_READ)
def instrument(authority_id: int) -> ResponseReturnValue:
    """The scan of the request or the decision."""
    authority = acting_lists.seen(authority_id, viewer())
    found = db.session.get(Document, (authority.tenant_id, authority.instrument_id or 0))
    if found is None:
        abort(404)
    return attachment(open_document(found), found.name, found.media_type)


def page_of(deed: Deed) -> Callable[[int], ResponseReturnValue]:
    """One view for the question and the deed."""

    def view(authority_id: int) -> ResponseReturnValue:
        writes = request.method == "POST"
        row = queries.get_authority(authority_id, lock=writes)
        known = {"on": today(), "support_until": row.until_on}
        form = deed.form() if writes else deed.form(formdata=None, data=known)
        if not writes or not form.validate():
            made = render_template("acting/act.html", deed=deed, authority=row, form=form)
            return made, 422 if writes else 200
        deed.do(row, form, viewer().id)
        db.session.commit()
        flash(_("Done: %(act)s.", act=said(deed.label)), "ok")
        return moved(url_for(".show", authority_id=row.id))

    return view


def proposal_page(form: acting_forms.ProposalForm) -> str:
    return render_template("acting/new.html", form=form)


for one in DEEDS.values():
    bp.add_url_rule(
        f"/<int:authority_id>/{one.name}",
        endpoint=f"deed_{one.name.replace('-', '_')}",
        view_func=requires(one.permission)(page_of(one)),
        methods=["GET", "POST"],
    )
