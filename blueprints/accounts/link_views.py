"""Coming in by a link out of a mail: an invitation, or a password forgotten."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.accounts import actions, epoch, links, tries
from blueprints.accounts.forms import NewPasswordForm, ResetRequestForm
from blueprints.accounts.links import Purpose
from blueprints.accounts.room import bp
from blueprints.shared import guards
from blueprints.shared.guards import requires
from blueprints.shared.role_names import role_name
from blueprints.shared.throttle import throttle
from tenants.db import db
from tenants.roles import May


@bp.route("/<tenant>/password-reset", methods=["GET", "POST"])
@requires(May.ANYONE)
def ask_for_reset() -> ResponseReturnValue:
    """Ask for a mail. The answer is the same whether or not there is such an account."""
    form = ResetRequestForm()
    if request.method == "GET":
        return render_template("accounts/reset.html", form=form)
    if not form.validate_on_submit():
        return render_template("accounts/reset.html", form=form), 422
    email = form.email.data or ""
    if tries.may_try("reset", email, tries.MAILS_PER_ACCOUNT):
        actions.send_reset(email)
        db.session.commit()
    hours = int(links.LASTS[Purpose.RESET].total_seconds() // 3600)
    return render_template("accounts/reset_sent.html", email=email, hours=hours)


@bp.route("/<tenant>/password-reset/<token>", methods=["GET", "POST"])
@requires(May.ANYONE)
def reset_password(token: str) -> ResponseReturnValue:
    return new_password(Purpose.RESET, token, "user.reset_password")


@bp.route("/<tenant>/invitation/<token>", methods=["GET", "POST"])
@requires(May.ANYONE)
def accept_invitation(token: str) -> ResponseReturnValue:
    return new_password(Purpose.INVITATION, token, "user.accepted_invitation")


def new_password(purpose: Purpose, token: str, verb: str) -> ResponseReturnValue:
    """Choose a password by a link, and come in. Opening the link does not use it up."""
    throttle("30/minute", "mail-link", shut=True)
    user = links.read(purpose, token, lock=request.method == "POST")
    if user is None:
        return render_template("accounts/link_void.html", purpose=purpose), 404
    form = NewPasswordForm(known=(user.email, user.name, g.tenant.name))
    if not form.validate_on_submit():
        page = render_template(
            "accounts/new_password.html",
            form=form,
            person=user,
            purpose=purpose,
            role=role_name(user.role),
        )
        return page, 422 if request.method == "POST" else 200
    actions.set_password(user, form.password.data or "", verb)
    actions.come_in(user)
    epoch.commit()
    guards.sign_in(user)
    flash(words_after(purpose), "success")
    return redirect(url_for("workbench.index"), 303)


def words_after(purpose: Purpose) -> str:
    if purpose is Purpose.INVITATION:
        return str(_("Welcome. Your password is set, and you are signed in."))
    return str(_("Your password is set. Sign-ins on other devices have ended."))
