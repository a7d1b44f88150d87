"""Taking over existing contracts: upload, columns, dry run, one yes, result."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from sqlalchemy import select

from blueprints.contracts.imports import actions
from blueprints.contracts.imports.columns import FIELDS, REASONS, WARNINGS, Finding
from blueprints.contracts.imports.models import (
    ContractImport,
    ContractImportRow,
    ImportOutcome,
    ImportState,
)
from blueprints.registry.unpacking import SheetRefused
from blueprints.shared.exports import sheet
from blueprints.shared.forms import Form, InputRequired
from blueprints.shared.guards import requires
from blueprints.shared.htmx import moved
from blueprints.shared.languages import said
from blueprints.shared.links import here
from blueprints.shared.paging import Key, leaf
from rules.words import Text
from tenants.db import db
from tenants.files import UploadRefused
from tenants.roles import May

bp = Blueprint("contract_imports", __name__, url_prefix="/<tenant>/contract-imports")
STATES = {
    ImportState.CHECKED: Text("试运行完成，待确认", "Dry run made, waits for your yes"),
    ImportState.IMPORTED: Text("已导入", "Imported"),
    ImportState.DROPPED: Text("已放弃", "Put aside"),
}


class SheetForm(Form):
    contracts = FileField(_l("Sheet of contracts"), [InputRequired()])


@bp.get("")
@requires(May.CONTRACTS_IMPORT)
def index() -> ResponseReturnValue:
    return first_page(SheetForm(formdata=None))


@bp.post("")
@requires(May.CONTRACTS_IMPORT)
def create() -> ResponseReturnValue:
    """Take a sheet in and make the dry run; what cannot be read is said beside the file."""
    form = SheetForm()
    if form.validate():
        file = form.contracts.data
        try:
            run = actions.receive(file.read(), file.filename or "contracts")
        except (SheetRefused, UploadRefused) as refused:
            db.session.rollback()
            form.contracts.errors = [said(refused.text)]
        else:
            db.session.commit()
            return moved(url_for(".show", import_id=run.id))
    return first_page(form), 422


@bp.get("/blank.<any(xlsx, csv):kind>")
@requires(May.CONTRACTS_IMPORT)
def blank(kind: str) -> ResponseReturnValue:
    """A sheet with every heading that is understood, to be filled in."""
    return sheet(
        kind, _("Contracts to take over"), [said(text) for text, _h in FIELDS.values()], ()
    )


@bp.get("/<int:import_id>")
@requires(May.CONTRACTS_IMPORT)
def show(import_id: int) -> ResponseReturnValue:
    """What the dry run found, or what was taken over."""
    run = get_run(import_id)
    counts = {one.value: getattr(run, one.value) for one in ImportOutcome}
    shown = request.args.get("show", "")
    if shown not in set(ImportOutcome):
        shown = next((name for name in ("rejected", "new") if counts[name]), "new")
    query = select(
        ContractImportRow.number,
        ContractImportRow.name,
        ContractImportRow.contract_id,
        ContractImportRow.findings,
    ).where(ContractImportRow.run_id == run.id, ContractImportRow.outcome == shown)
    return render_template(
        "contract_imports/show.html", run=run, states=STATES, counts=counts, show=shown,
        leaf=leaf(query, (Key(ContractImportRow.number),), cursor=request.args.get("cursor")),
        fields={name: text for name, (text, _heads) in FIELDS.items()},
        finding=Finding.from_json, words={**REASONS, **WARNINGS}, here=here,
    )  # fmt: skip


@bp.post("/<int:import_id>/columns")
@requires(May.CONTRACTS_IMPORT)
def set_columns(import_id: int) -> ResponseReturnValue:
    """Say which column is which; the dry run is made again."""
    run = get_run(import_id, lock=True)
    mapping = {
        name: column
        for name in FIELDS
        if (column := request.form.get(name, type=int)) is not None and column >= 0
    }
    actions.set_columns(run, mapping)
    db.session.commit()
    return moved(url_for(".show", import_id=import_id))


@bp.post("/<int:import_id>/confirmation")
@requires(May.CONTRACTS_IMPORT)
def confirm(import_id: int) -> ResponseReturnValue:
    """The one yes: everything at once, or nothing."""
    run = get_run(import_id, lock=True)
    actions.carry_out(run)
    db.session.commit()
    flash(_("%(count)s contracts were taken over.", count=run.new), "ok")
    return moved(url_for(".show", import_id=import_id))


@bp.post("/<int:import_id>/dropping")
@requires(May.CONTRACTS_IMPORT)
def drop(import_id: int) -> ResponseReturnValue:
    run = get_run(import_id, lock=True)
    actions.drop(run)
    db.session.commit()
    return moved(url_for(".index"))


@bp.get("/<int:import_id>/rejected.xlsx")
@requires(May.CONTRACTS_IMPORT)
def rejected(import_id: int) -> ResponseReturnValue:
    """The rows that came back, as they came, each with its reason."""
    run = get_run(import_id)
    query = select(ContractImportRow).where(
        ContractImportRow.run_id == run.id, ContractImportRow.outcome == ImportOutcome.REJECTED
    )
    rows = db.session.scalars(query.order_by(ContractImportRow.number))
    heads = [_("Row"), _("Reason"), *run.header["labels"]]
    lines = ([row.number, reasons(row), *(row.cells or [])] for row in rows)
    return sheet("xlsx", _("%(file)s – sent back", file=run.file_name), heads, lines)


def reasons(row: ContractImportRow) -> str:
    found = (Finding.from_json(one) for one in row.findings)
    return "；".join(said(one.text) for one in found if one.rejects)


def get_run(import_id: int, *, lock: bool = False) -> ContractImport:
    query = select(ContractImport).where(ContractImport.id == import_id)
    found: ContractImport = db.one_or_404(query.with_for_update() if lock else query)
    return found


def first_page(form: Any) -> str:
    runs = db.session.scalars(select(ContractImport).order_by(ContractImport.id.desc()).limit(50))
    return render_template(
        "contract_imports/index.html", form=form, runs=runs.all(), states=STATES, fields=FIELDS
    )
