"""The trace file of a case on one page, its binder, and the doors that lead on from a case."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.bargaining.dossier.binder import PHASE_WORDS, bind, missing
from blueprints.bargaining.drafts import queries as drafts
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.contributions import PHASES, traces_of
from blueprints.bargaining.ground.moves import move
from blueprints.bargaining.signing import queries as signings
from blueprints.bargaining.table.acts import bp
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from tenants.db import db
from tenants.roles import May


@bp.get("/cases/<int:case_id>/trace")
@requires(May.CASES_READ)
def trace_file(case_id: int) -> ResponseReturnValue:
    """Before, during, after: every paper that ought to be there, and those that are not."""
    case = queries.seen(case_id, viewer())
    papers = traces_of(case)
    phases = [(PHASE_WORDS[name], [p for where, p in papers if where == name]) for name in PHASES]
    return render_template(
        "bargaining/trace.html", case=case, phases=phases, missing=missing(papers),
        papers=sum(paper.present for _, paper in papers), total=len(papers),
    )  # fmt: skip


@bp.post("/cases/<int:case_id>/binder")
@requires(May.CASES_EXPORT)
def binder(case_id: int) -> ResponseReturnValue:
    """One click: index, files, trail and hashes in one file that can be checked anywhere."""
    case = queries.seen(case_id, viewer(), May.CASES_EXPORT, lock=True)
    made = bind(case)
    db.session.commit()
    return attachment(made.data, f"{case.document_no}-轨迹资料.zip", "application/zip")


@bp.get("/cases/<int:case_id>/agreeing")
@requires(May.CASES_EDIT)
def case_agreeing(case_id: int) -> ResponseReturnValue:
    """To the version that is being written, or to writing one."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    draft = drafts.open_draft(case.id)
    if draft is None:
        return redirect(url_for(".case_draft", case_id=case.id))
    return redirect(url_for(".draft", draft_id=draft.id))


@bp.get("/cases/<int:case_id>/signing-desk")
@requires(May.CASES_EDIT)
def case_signing_desk(case_id: int) -> ResponseReturnValue:
    """To the signing that has begun, or to beginning one."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    signing = signings.standing_signing(case.id)
    if signing is None:
        return redirect(url_for(".case_signing", case_id=case.id))
    return redirect(url_for(".signing", signing_id=signing.id))


@bp.post("/cases/<int:case_id>/again")
@requires(May.CASES_EDIT)
def case_again(case_id: int) -> ResponseReturnValue:
    """Back to the table after a lost vote or an objection."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    move(case, "bargain_again")
    db.session.commit()
    return moved(url_for("cases.show", case_id=case.id))
