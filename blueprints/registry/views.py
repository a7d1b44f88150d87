"""The register of enterprises: the list, one enterprise, registering, correcting, merging."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.registry import (
    actions,
    contributions,
    exports,
    labels,
    merging,
    queries,
    timeline,
    union_actions,
)
from blueprints.registry import import_queries as imports
from blueprints.registry.areas import area_name, city_of
from blueprints.registry.forms import EnterpriseForm, OwnUnionForm, stamp
from blueprints.registry.industries import industry_name, sections
from blueprints.registry.kinds import (
    LEVELS,
    OWNERSHIPS,
    SIZES,
    STANDINGS,
    STATUSES,
    Level,
    Standing,
)
from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.registry.queries import Wanted
from blueprints.registry.union_queries import upper_unions
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import said
from blueprints.shared.links import here
from blueprints.shared.tenancy import require
from rules.broken import RuleBroken
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

bp = Blueprint("registry", __name__, url_prefix="/<tenant>/enterprises")
SHARED = (Level.JOINT, Level.PARK, Level.TOWNSHIP, Level.SECTOR)


@bp.app_context_processor
def words() -> dict[str, Any]:
    """How the register's codes are read on any page."""
    return {"area_name": area_name, "industry_name": industry_name, "registry_labels": labels}


@bp.get("")
@requires(May.REGISTRY_READ)
def index() -> ResponseReturnValue:
    """All enterprises within this person's reach, narrowed to what is asked for."""
    wanted, person = Wanted.from_args(request.args), viewer()
    leaf = queries.listing(wanted, person, today(), cursor=request.args.get("cursor"))
    counts = queries.area_counts(person)
    ids = [row.id for row in leaf.rows]
    return page(
        "registry/index.html",
        fragment="registry/_list.html",
        wanted=wanted,
        leaf=leaf,
        totals=queries.totals(wanted, person, today()),
        counts=counts,
        on_register=sum(counts.values()),
        areas=city_of(require().division).areas,
        sections=sections(),
        columns=[(label, make(ids)) for label, make in contributions.columns()],
        bulk=[act for act in contributions.bulk_acts() if person.may(act.permission)],
        latest=imports.latest_finished() if person.may(May.REGISTRY_IMPORT) else None,
        sizes=SIZES,
        standings=STANDINGS,
        statuses=STATUSES,
        here=here,
    )


@bp.get("/export.<any(xlsx, csv):kind>")
@requires(May.REGISTRY_EXPORT)
def export(kind: str) -> ResponseReturnValue:
    """The list as a sheet, of just what is filtered or picked."""
    wanted = Wanted.from_args(request.args)
    picked = request.args.getlist("id", type=int)
    rows = list(queries.for_export(wanted, viewer(), today(), picked=picked))
    trail.record("registry.exported", ("tenant", require().id), rows=len(rows), kind=kind)
    db.session.commit()
    name = _("Enterprises %(day)s", day=today().isoformat())
    return sheet(kind, name, exports.heads(), exports.enterprise_rows(rows))


@bp.get("/new")
@requires(May.REGISTRY_EDIT)
def new() -> ResponseReturnValue:
    return render_template("registry/edit.html", form=_form(), enterprise=None)


@bp.post("")
@requires(May.REGISTRY_EDIT)
def create() -> ResponseReturnValue:
    form = _form()
    if form.validate():
        try:
            enterprise = actions.register_enterprise(form.facts(), today=today())
        except RuleBroken as broken:
            _beside_code(form, broken)
        else:
            db.session.commit()
            flash(_("%(name)s is on the register.", name=enterprise.name), "ok")
            return moved(url_for(".show", enterprise_id=enterprise.id))
    return render_template("registry/edit.html", form=form, enterprise=None), 422


@bp.get("/<int:enterprise_id>")
@requires(May.REGISTRY_READ)
def show(enterprise_id: int) -> ResponseReturnValue:
    """All that is known of an enterprise, with one timeline."""
    enterprise = queries.get_enterprise(enterprise_id, viewer())
    if enterprise.merged_into_id and enterprise.merged_into_id != enterprise_id:
        return moved(url_for(".show", enterprise_id=enterprise.merged_into_id))
    return render_template("registry/show.html", **_page_of(enterprise))


@bp.get("/<int:enterprise_id>/edit")
@requires(May.REGISTRY_EDIT)
def edit(enterprise_id: int) -> ResponseReturnValue:
    enterprise = _editable(enterprise_id)
    return render_template("registry/edit.html", form=_form(enterprise), enterprise=enterprise)


@bp.post("/<int:enterprise_id>")
@requires(May.REGISTRY_EDIT)
def update(enterprise_id: int) -> ResponseReturnValue:
    enterprise = _editable(enterprise_id, lock=True)
    form = _form(enterprise)
    if form.validate():
        if form.seen.data != stamp(enterprise):
            form.form_errors.append(
                _("Someone changed this record meanwhile; reload and try again")
            )
            return render_template("registry/edit.html", form=form, enterprise=enterprise), 409
        try:
            actions.correct_enterprise(enterprise, form.facts(), today=today())
        except RuleBroken as broken:
            _beside_code(form, broken)
        else:
            db.session.commit()
            flash(_("Saved"), "ok")
            return moved(url_for(".show", enterprise_id=enterprise_id))
    return render_template("registry/edit.html", form=form, enterprise=enterprise), 422


@bp.post("/<int:enterprise_id>/union")
@requires(May.REGISTRY_EDIT)
def union(enterprise_id: int) -> ResponseReturnValue:
    """Say which union stands for the workers: their own, a shared one, none."""
    enterprise = _editable(enterprise_id, lock=True)
    form = OwnUnionForm(shared=list(upper_unions(*SHARED)))
    if not form.validate():
        return render_template("registry/show.html", **_page_of(enterprise, form)), 422
    facts = {
        "name": form.union_name.data,
        "chair": form.chair.data or None,
        "standing": form.standing.data,
        "area": enterprise.area,
    }
    if form.choice.data.isdigit():
        union_actions.link_union(enterprise, db.session.get_one(TradeUnion, _key(form)))
    else:
        union_actions.set_own_union(enterprise, facts if form.choice.data == "own" else None)
    db.session.commit()
    flash(_("Saved"), "ok")
    return moved(url_for(".show", enterprise_id=enterprise_id))


@bp.get("/<int:enterprise_id>/merge")
@requires(May.REGISTRY_EDIT)
def merge(enterprise_id: int) -> ResponseReturnValue:
    """Find the double, and see exactly what a merge would do."""
    enterprise = _editable(enterprise_id)
    double_id = request.args.get("double", type=int)
    double = _editable(double_id) if double_id else None
    asked = request.args.get("q", "").strip()
    return render_template(
        "registry/merge.html",
        enterprise=enterprise,
        double=double,
        differences=merging.differences(enterprise, double) if double else [],
        asked=asked,
        candidates=queries.candidates(enterprise, asked, viewer()),
    )


@bp.post("/<int:enterprise_id>/merge")
@requires(May.REGISTRY_EDIT)
def carry_out_merge(enterprise_id: int) -> ResponseReturnValue:
    enterprise = _editable(enterprise_id, lock=True)
    double = _editable(request.form.get("double", 0, type=int), lock=True)
    merging.merge_enterprises(enterprise, double)
    db.session.commit()
    flash(_("The two records are one now."), "ok")
    return moved(url_for(".show", enterprise_id=enterprise_id))


def _editable(enterprise_id: int, *, lock: bool = False) -> Enterprise:
    found = queries.get_enterprise(enterprise_id, viewer(), permission=May.REGISTRY_EDIT, lock=lock)
    return found if found.merged_into_id is None else abort(404)


def _form(enterprise: Enterprise | None = None) -> EnterpriseForm:
    city = city_of(require().division)
    if enterprise is None:
        return EnterpriseForm(city=city, today=today())
    return EnterpriseForm.showing(enterprise, city=city, today=today())


def _page_of(enterprise: Enterprise, union_form: OwnUnionForm | None = None) -> dict[str, Any]:
    person = viewer()
    own = queries.union_of(enterprise)
    if union_form is None and person.may(May.REGISTRY_EDIT):
        union_form = OwnUnionForm(
            shared=list(upper_unions(*SHARED)),
            formdata=None,
            data={
                "choice": _choice(own),
                "union_name": own.name if own and own.level == Level.ENTERPRISE else "",
                "chair": own.chair if own and own.level == Level.ENTERPRISE else "",
                "standing": own.standing if own else Standing.ABLE,
            },
        )
    return {
        "enterprise": enterprise,
        "own": own,
        "above": queries.union_above(own),
        "union_form": union_form,
        "formers": queries.former_names(enterprise.id),
        "headcounts": queries.headcounts(enterprise.id),
        "namesakes": queries.namesakes(enterprise),
        "entries": timeline.of_enterprise(enterprise, person),
        "panels": contributions.panels_for(enterprise.id, person),
        "ownerships": OWNERSHIPS,
        "levels": LEVELS,
        "statuses": STATUSES,
        "may_edit": person.may(May.REGISTRY_EDIT),
    }


def _choice(own: TradeUnion | None) -> str:
    if own is None:
        return "none"
    return "own" if own.level == Level.ENTERPRISE else str(own.id)


def _key(form: OwnUnionForm) -> tuple[int, int]:
    return require().id, int(form.choice.data)


def _beside_code(form: EnterpriseForm, broken: RuleBroken) -> None:
    """Put a rule's answer beside the field it speaks of. What was typed stays."""
    db.session.rollback()
    form.credit_code.errors = [said(broken.text)]
