"""What a federation calls the kinds of activity, and which it adds."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.bargaining.activities.forms import KindForm
from blueprints.bargaining.cases.views import bp
from blueprints.bargaining.ground import activity_kinds
from blueprints.bargaining.ground.activity_kinds import Kind
from blueprints.shared.guards import requires
from blueprints.shared.htmx import moved
from tenants.db import db
from tenants.roles import May


@bp.get("/activity-kinds")
@requires(May.CASES_READ)
def kinds_index() -> ResponseReturnValue:
    """All kinds with what is meant by each."""
    return kinds_page(KindForm(formdata=None))


@bp.post("/activity-kinds")
@requires(May.SETTINGS_EDIT)
def create_kind() -> ResponseReturnValue:
    form = KindForm()
    if not form.validate():
        return kinds_page(form), 422
    activity_kinds.add(*form.words())
    db.session.commit()
    return moved(url_for(".kinds_index"))


@bp.get("/activity-kinds/<activity_kind>")
@requires(May.SETTINGS_EDIT)
def edit_kind(activity_kind: str) -> ResponseReturnValue:
    kind = found(activity_kind)
    known = {"name_zh": kind.name.zh, "name_en": kind.name.en,
             "about_zh": kind.about.zh, "about_en": kind.about.en}  # fmt: skip
    return render_template(
        "bargaining/kind.html", kind=kind, form=KindForm(formdata=None, data=known)
    )


@bp.post("/activity-kinds/<activity_kind>")
@requires(May.SETTINGS_EDIT)
def update_kind(activity_kind: str) -> ResponseReturnValue:
    """Call it otherwise; what was recorded under it goes along."""
    kind, form = found(activity_kind), KindForm()
    if not form.validate():
        return render_template("bargaining/kind.html", kind=kind, form=form), 422
    activity_kinds.call_it(kind.key, *form.words())
    db.session.commit()
    return moved(url_for(".kinds_index"))


@bp.post("/activity-kinds/<activity_kind>/retirement")
@requires(May.SETTINGS_EDIT)
def retire_kind(activity_kind: str) -> ResponseReturnValue:
    """Take it out of the choice, or put it back."""
    kind = found(activity_kind)
    activity_kinds.retire(kind.key, retired=not kind.retired)
    db.session.commit()
    return moved(url_for(".kinds_index"))


def found(key: str) -> Kind:
    known = (kind for kind in activity_kinds.kinds(every=True) if kind.key == key)
    return next(known, None) or abort(404)


def kinds_page(form: KindForm) -> str:
    return render_template(
        "bargaining/kinds.html", kinds=activity_kinds.kinds(every=True), form=form
    )
