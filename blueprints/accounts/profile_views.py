"""One's own account: details, language, password."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from blueprints.accounts import actions, epoch, queries, tries
from blueprints.accounts.door_views import speak
from blueprints.accounts.forms import ChangePasswordForm, ProfileForm
from blueprints.accounts.room import bp
from blueprints.shared import guards
from blueprints.shared.guards import requires, viewer
from blueprints.shared.role_names import role_name
from tenants.models import User
from tenants.passwords import password_matches
from tenants.roles import May


@bp.get("/<tenant>/profile")
@requires(May.SIGNED_IN)
def profile() -> ResponseReturnValue:
    return show(queries.get_user(viewer().id))


@bp.post("/<tenant>/profile")
@requires(May.SIGNED_IN)
def update_profile() -> ResponseReturnValue:
    user = queries.get_user(viewer().id, lock=True)
    form = ProfileForm(request.form)
    if not form.validate():
        return show(user, details=form), 422
    actions.change_details(
        user,
        name=form.name.data or "",
        title=form.title.data or "",
        phone=form.phone.data or "",
        locale=form.locale.data,
    )
    epoch.commit()
    with force_locale(user.locale):
        flash(_("Saved"), "success")
    return speak(redirect(url_for(".profile"), 303), user.locale)


@bp.post("/<tenant>/profile/password")
@requires(May.SIGNED_IN)
def update_password() -> ResponseReturnValue:
    """Change the password: this session goes on, every other one ends."""
    user = queries.get_user(viewer().id, lock=True)
    form = ChangePasswordForm(request.form, known=(user.email, user.name))
    if not form.validate():
        return show(user, password=form), 422
    if not tries.may_try("password", user.email):
        form.form_errors.append(
            _("Too many attempts; try again in %(minutes)s minutes", minutes=tries.MINUTES)
        )
        return show(user, password=form), 429
    if not password_matches(user.password_hash, form.current.data or ""):
        form.current.errors = [_("This is not your current password.")]
        return show(user, password=form), 422
    actions.set_password(user, form.password.data or "", "user.changed_password")
    epoch.commit()
    guards.sign_in(user)
    flash(_("Your password is set. Sign-ins on other devices have ended."), "success")
    return redirect(url_for(".profile"), 303)


def show(
    user: User, *, details: ProfileForm | None = None, password: ChangePasswordForm | None = None
) -> str:
    return render_template(
        "accounts/profile.html",
        account=user,
        details=details or ProfileForm(formdata=None, obj=user),
        password=password or ChangePasswordForm(formdata=None),
        role=role_name(user.role),
    )
