"""Bringing in a ledger: upload, columns, dry run, one yes, result."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.registry import exports, imports, labels
from blueprints.registry import import_queries as queries
from blueprints.registry.association_forms import LedgerForm
from blueprints.registry.columns import FIELDS
from blueprints.registry.import_models import ImportRun, Outcome, RunState
from blueprints.registry.imports import Upload
from blueprints.registry.reasons import Finding, brief
from blueprints.registry.timeline import changes_words
from blueprints.registry.unpacking import SheetRefused
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import said
from blueprints.shared.links import here
from tenants.clock import today
from tenants.db import db
from tenants.files import UploadRefused
from tenants.roles import May

bp = Blueprint("imports", __name__, url_prefix="/<tenant>/imports")
STEPS = {
    RunState.UPLOADED: 1,
    RunState.CHECKING: 2,
    RunState.CHECKED: 2,
    RunState.IMPORTING: 3,
    RunState.IMPORTED: 3,
    RunState.FAILED: 3,
}


@bp.get("")
@requires(May.REGISTRY_IMPORT)
def index() -> ResponseReturnValue:
    form = LedgerForm(data={"counted_on": today()})
    return render_template("registry/imports.html", form=form, runs=queries.runs(), labels=labels)


@bp.post("")
@requires(May.REGISTRY_IMPORT)
def create() -> ResponseReturnValue:
    """Take a ledger in; what cannot be read is said beside the file."""
    form = LedgerForm()
    if form.validate():
        file = form.ledger.data
        try:
            run = imports.receive(
                Upload(file.read(), file.filename or "ledger"), counted_on=form.counted_on.data
            )
        except (SheetRefused, UploadRefused) as refused:
            db.session.rollback()
            form.ledger.errors = [said(refused.text)]
        else:
            db.session.commit()
            return moved(url_for(".show", run_id=run.id))
    return (
        render_template("registry/imports.html", form=form, runs=queries.runs(), labels=labels),
        422,
    )


@bp.get("/<int:run_id>")
@requires(May.REGISTRY_IMPORT)
def show(run_id: int) -> ResponseReturnValue:
    """Where the import stands: columns, progress, dry run or result."""
    run = queries.get_run(run_id)
    return page("registry/import.html", fragment="registry/_import.html", **_page_of(run))


@bp.post("/<int:run_id>/columns")
@requires(May.REGISTRY_IMPORT)
def set_columns(run_id: int) -> ResponseReturnValue:
    """Say which column is which, then make the dry run."""
    run = queries.get_run(run_id, lock=True)
    mapping = {
        field: column
        for field in FIELDS
        if (column := request.form.get(field, type=int)) is not None
    }
    try:
        imports.set_columns(run, mapping)
        imports.begin_check(run)
    except SheetRefused as refused:
        db.session.rollback()
        flash(said(refused.text), "error")
    else:
        db.session.commit()
    return moved(url_for(".show", run_id=run_id))


@bp.post("/<int:run_id>/sheet")
@requires(May.REGISTRY_IMPORT)
def choose_sheet(run_id: int) -> ResponseReturnValue:
    run = queries.get_run(run_id, lock=True)
    imports.choose_sheet(run, request.form.get("sheet", ""))
    db.session.commit()
    return moved(url_for(".show", run_id=run_id))


@bp.post("/<int:run_id>/confirmation")
@requires(May.REGISTRY_IMPORT)
def confirm(run_id: int) -> ResponseReturnValue:
    """The one yes. A job does the rest; the page shows how far it is."""
    run = queries.get_run(run_id, lock=True)
    imports.confirm(run)
    db.session.commit()
    return moved(url_for(".show", run_id=run_id))


@bp.post("/<int:run_id>/dropping")
@requires(May.REGISTRY_IMPORT)
def drop(run_id: int) -> ResponseReturnValue:
    run = queries.get_run(run_id, lock=True)
    imports.drop(run)
    db.session.commit()
    flash(_("The ledger was put aside; nothing was written."), "ok")
    return moved(url_for(".index"))


@bp.get("/<int:run_id>/rejected.xlsx")
@requires(May.REGISTRY_IMPORT)
def rejected(run_id: int) -> ResponseReturnValue:
    """The rows that came back, as they came, each with its reason: to be corrected and returned."""
    run = queries.get_run(run_id)
    stem = run.file_name.rpartition(".")[0] or run.file_name
    name = _("%(file)s – sent back", file=stem)
    return sheet("xlsx", name, exports.rejected_heads(run), exports.rejected_rows(run))


def _page_of(run: ImportRun) -> dict[str, Any]:
    show = request.args.get("show", "")
    counts = {outcome.value: getattr(run, outcome) for outcome in Outcome}
    judged = run.state in {RunState.CHECKED, RunState.IMPORTED}
    if show not in {*Outcome, "warned"}:
        show = next((o for o in ("rejected", "changed", "new") if counts[o]), "new")
    return {
        "run": run,
        "step": STEPS.get(RunState(run.state), 0),
        "show": show,
        "counts": counts,
        "warned": queries.warned_count(run) if judged else 0,
        "leaf": queries.rows_of(run, show, cursor=request.args.get("cursor")) if judged else None,
        "sample": imports.sample(run) if run.state == RunState.UPLOADED else [],
        "fields": FIELDS,
        "labels": labels,
        "brief": brief,
        "finding": Finding.from_json,
        "changes_words": changes_words,
        "here": here,
        "states": RunState,
    }
