"""Employers' associations: the other side above the single enterprise."""

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.registry import union_actions
from blueprints.registry import union_queries as queries
from blueprints.registry.areas import city_of
from blueprints.registry.association_forms import AssociationForm
from blueprints.registry.kinds import ASSOCIATION_KINDS
from blueprints.shared.guards import requires
from blueprints.shared.htmx import moved
from blueprints.shared.tenancy import require
from tenants.db import db
from tenants.roles import May

bp = Blueprint("associations", __name__, url_prefix="/<tenant>/associations")


@bp.get("")
@requires(May.REGISTRY_READ)
def index() -> ResponseReturnValue:
    return render_template(
        "registry/associations.html", associations=queries.associations(), kinds=ASSOCIATION_KINDS
    )


@bp.get("/new")
@requires(May.REGISTRY_EDIT)
def new() -> ResponseReturnValue:
    form = AssociationForm(city=city_of(require().division))
    return render_template("registry/association_edit.html", form=form, association=None)


@bp.post("")
@requires(May.REGISTRY_EDIT)
def create() -> ResponseReturnValue:
    form = AssociationForm(city=city_of(require().division))
    if not form.validate():
        return (
            render_template("registry/association_edit.html", form=form, association=None),
            422,
        )
    union_actions.register_association(form.facts())
    db.session.commit()
    flash(_("Saved"), "ok")
    return moved(url_for(".index"))


@bp.get("/<int:association_id>/edit")
@requires(May.REGISTRY_EDIT)
def edit(association_id: int) -> ResponseReturnValue:
    found = queries.get_association(association_id)
    form = AssociationForm(obj=found, city=city_of(require().division))
    return render_template("registry/association_edit.html", form=form, association=found)


@bp.post("/<int:association_id>")
@requires(May.REGISTRY_EDIT)
def update(association_id: int) -> ResponseReturnValue:
    found = queries.get_association(association_id, lock=True)
    form = AssociationForm(obj=found, city=city_of(require().division))
    if not form.validate():
        return (
            render_template("registry/association_edit.html", form=form, association=found),
            422,
        )
    union_actions.correct_association(found, form.facts())
    db.session.commit()
    flash(_("Saved"), "ok")
    return moved(url_for(".index"))
