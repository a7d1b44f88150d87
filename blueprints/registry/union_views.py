"""Unions: the list by level, one union with what hangs below it, founding, correcting, closing."""

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.registry import timeline, union_actions
from blueprints.registry import union_queries as queries
from blueprints.registry.areas import city_of
from blueprints.registry.forms import UnionForm
from blueprints.registry.kinds import LEVELS, STANDINGS
from blueprints.registry.models import TradeUnion
from blueprints.registry.queries import union_above
from blueprints.registry.union_queries import WantedUnions
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.links import here
from blueprints.shared.tenancy import require
from tenants.db import db
from tenants.roles import May

bp = Blueprint("unions", __name__, url_prefix="/<tenant>/unions")


@bp.get("")
@requires(May.REGISTRY_READ)
def index() -> ResponseReturnValue:
    """Unions, those above the enterprises first."""
    wanted, person = WantedUnions.from_args(request.args), viewer()
    return page(
        "registry/unions.html",
        fragment="registry/_unions.html",
        wanted=wanted,
        leaf=queries.union_listing(wanted, person, cursor=request.args.get("cursor")),
        total=queries.union_count(wanted, person),
        areas=city_of(require().division).areas,
        levels=LEVELS,
        standings=STANDINGS,
        here=here,
    )


@bp.get("/new")
@requires(May.REGISTRY_EDIT)
def new() -> ResponseReturnValue:
    return render_template("registry/union_edit.html", form=_form(), union=None)


@bp.post("")
@requires(May.REGISTRY_EDIT)
def create() -> ResponseReturnValue:
    form = _form()
    if not form.validate():
        return render_template("registry/union_edit.html", form=form, union=None), 422
    union = union_actions.found_union(form.facts())
    db.session.commit()
    flash(_("%(name)s is on the register.", name=union.name), "ok")
    return moved(url_for(".show", union_id=union.id))


@bp.get("/<int:union_id>")
@requires(May.REGISTRY_READ)
def show(union_id: int) -> ResponseReturnValue:
    union = queries.get_union(union_id, viewer())
    members = db.session.scalars(queries.enterprises_of(union).limit(100)).all()
    return render_template(
        "registry/union.html",
        union=union,
        above=union_above(union),
        below=queries.below(union),
        members=members,
        entries=timeline.of_union(union),
        levels=LEVELS,
        may_edit=viewer().may(May.REGISTRY_EDIT),
    )


@bp.get("/<int:union_id>/edit")
@requires(May.REGISTRY_EDIT)
def edit(union_id: int) -> ResponseReturnValue:
    union = queries.get_union(union_id, viewer())
    return render_template("registry/union_edit.html", form=_form(union), union=union)


@bp.post("/<int:union_id>")
@requires(May.REGISTRY_EDIT)
def update(union_id: int) -> ResponseReturnValue:
    union = queries.get_union(union_id, viewer(), lock=True)
    form = _form(union)
    if not form.validate():
        return render_template("registry/union_edit.html", form=form, union=union), 422
    union_actions.correct_union(union, form.facts())
    db.session.commit()
    flash(_("Saved"), "ok")
    return moved(url_for(".show", union_id=union_id))


@bp.post("/<int:union_id>/dissolution")
@requires(May.REGISTRY_EDIT)
def dissolve(union_id: int) -> ResponseReturnValue:
    union = queries.get_union(union_id, viewer(), lock=True)
    union_actions.dissolve_union(union)
    db.session.commit()
    flash(_("%(name)s is closed.", name=union.name), "ok")
    return moved(url_for(".index"))


def _form(union: TradeUnion | None = None) -> UnionForm:
    return UnionForm(
        obj=_Shown(union) if union else None,
        city=city_of(require().division),
        above=[one for one in queries.upper_unions() if union is None or one.id != union.id],
    )


class _Shown:
    """A union as its form shows it: ids as the text of their choices."""

    def __init__(self, union: TradeUnion) -> None:
        for name in union_actions.UNION_FACTS:
            setattr(self, name, getattr(union, name))
        self.parent_id = str(union.parent_id or "")
