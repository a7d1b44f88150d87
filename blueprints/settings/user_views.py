"""Users and roles: who may come in, and what for."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import pgettext

from blueprints.accounts import epoch
from blueprints.accounts.queries import get_user
from blueprints.registry.areas import area_name, city_of
from blueprints.settings import user_actions as actions
from blueprints.settings import user_queries as queries
from blueprints.settings.user_forms import ROLE_LINES, EditForm, UserForm
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import page
from blueprints.shared.languages import said
from blueprints.shared.role_names import ROLE_NAMES, role_name
from blueprints.shared.tenancy import require
from blueprints.shared.trail.things import VALUES
from blueprints.shared.trail.words import history
from tenants import trail
from tenants.db import db
from tenants.models import User, UserStatus
from tenants.roles import May, Role

bp = Blueprint("users", __name__, url_prefix="/<tenant>/users")
LOOKS = {UserStatus.ACTIVE: "ok", UserStatus.INVITED: "run", UserStatus.DISABLED: "stop"}


@bp.get("")
@requires(May.USERS_MANAGE)
def index() -> ResponseReturnValue:
    wanted = queries.Wanted.from_args(request.args)
    return page(
        "settings/users/index.html",
        fragment="settings/users/_list.html",
        wanted=wanted,
        page=queries.listing(wanted, cursor=request.args.get("cursor")),
        total=queries.count(wanted),
        **words(),
    )


@bp.get("/export.<any(xlsx, csv):form>")
@requires(May.USERS_MANAGE)
def export(form: str) -> ResponseReturnValue:
    heads = [
        pgettext("person", "Name"), _("E-mail"), _("Role"), _("Union"), _("Area"), _("Office held"),
        _("Telephone"), _("Status"), _("Signed in last"),
    ]  # fmt: skip
    rows = (
        (
            row.name, row.email, role_name(row.role), row.union, said(area_name(row.area)),
            row.title, row.phone,
            str(VALUES[row.status]), row.last_seen_at,
        )
        for row in queries.for_export(queries.Wanted.from_args(request.args))
    )  # fmt: skip
    return sheet(form, str(_("Users")), heads, rows)


@bp.get("/new")
@requires(May.USERS_MANAGE)
def new() -> ResponseReturnValue:
    return render_template("settings/users/new.html", form=UserForm(), **words())


@bp.post("")
@requires(May.USERS_MANAGE)
def create() -> ResponseReturnValue:
    """Invite: the account is made, a mail with a link goes out."""
    form = UserForm(request.form)
    if not form.validate():
        return render_template("settings/users/new.html", form=form, **words()), 422
    user = actions.invite(viewer().name, **details(form))
    epoch.commit()
    flash(_("The invitation to %(email)s is on its way.", email=user.email), "success")
    return redirect(url_for(".show", user_id=user.id), 303)


@bp.get("/<int:user_id>")
@requires(May.USERS_MANAGE)
def show(user_id: int) -> ResponseReturnValue:
    user = get_user(user_id)
    return show_with(user, EditForm(None, obj=user, user=user, union=queries.union_name(user)))


@bp.post("/<int:user_id>")
@requires(May.USERS_MANAGE)
def update(user_id: int) -> ResponseReturnValue:
    user = get_user(user_id, lock=True)
    form = EditForm(request.form, user=user)
    if not form.validate():
        return show_with(user, form), 422
    if actions.change(user, **details(form), status=form.status.data):
        epoch.commit()
    flash(_("Saved"), "success")
    return redirect(url_for(".show", user_id=user.id), 303)


@bp.post("/<int:user_id>/invitation")
@requires(May.USERS_MANAGE)
def invite_again(user_id: int) -> ResponseReturnValue:
    user = get_user(user_id, lock=True)
    actions.invite_again(user, viewer().name)
    db.session.commit()
    flash(_("The invitation to %(email)s is on its way.", email=user.email), "success")
    return redirect(url_for(".show", user_id=user.id), 303)


@bp.get("/unions")
@requires(May.USERS_MANAGE)
def unions() -> ResponseReturnValue:
    """Names to choose from, while the name of a union is typed."""
    asked = request.args.get("union", "").strip() or abort(400)
    found = queries.unions_called(asked, viewer())[:20]
    return render_template("settings/users/_unions.html", unions=found)


def show_with(user: User, form: EditForm) -> str:
    return render_template(
        "settings/users/show.html",
        user=user,
        form=form,
        history=history(trail.of(user, newest=50)),
        **words(),
    )


def details(form: UserForm) -> dict[str, Any]:
    """What the form says of an account, in the account's own words."""
    return {
        "name": form.name.data,
        "email": form.email.data,
        "role": form.role.data,
        "union_id": form.union_id if form.role.data == Role.UNION else None,
        "area": form.area.data or None if form.role.data == Role.OFFICER else None,
        "title": form.title.data or None,
        "phone": form.phone.data or None,
        "locale": form.locale.data,
    }


def words() -> dict[str, Any]:
    return {
        "roles": ROLE_NAMES,
        "role_lines": {str(role): line for role, line in ROLE_LINES.items()},
        "statuses": {str(status): VALUES[status] for status in UserStatus},
        "looks": LOOKS,
        "areas": {a.code: said(a.name) for a in city_of(require().division).areas},
        "area_name": area_name,
    }
