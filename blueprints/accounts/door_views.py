"""The front door: choosing a federation, signing in and out, the language, the health check."""

from flask import (
    abort,
    current_app,
    flash,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from redis import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as AnyResponse

from blueprints.accounts import actions, queries, tries
from blueprints.accounts.addresses import safe
from blueprints.accounts.forms import FederationForm, SignInForm
from blueprints.accounts.room import bp
from blueprints.shared import guards, tenancy
from blueprints.shared.guards import requires
from blueprints.shared.languages import COOKIE, LOCALES
from blueprints.shared.role_names import role_name
from blueprints.shared.throttle import throttle
from tenants.db import db
from tenants.roles import May

YEAR = 31_536_000


@bp.route("/", methods=["GET", "POST"])
@requires(May.ANYONE)
def home() -> ResponseReturnValue:
    """No federation yet: type its address. In demo mode, pick one and a role in it."""
    form = FederationForm()
    status = 200
    if form.validate_on_submit():
        throttle("60/minute", "home")
        if tenancy.find(slug := slug_in(form.address.data or "")):
            return redirect(url_for("accounts.sign_in", tenant=slug), 303)
        form.address.errors = [_("There is no federation at this address; please check it.")]
    if request.method == "POST":
        status = 422
    demos = queries.demo_federations() if current_app.config["DEMO_MODE"] else []
    page = render_template(
        "accounts/home.html", form=form, demos=demos, role_name=role_name, inside=inside()
    )
    return page, status


@bp.route("/<tenant>/sign-in", methods=["GET", "POST"])
@requires(May.ANYONE)
def sign_in() -> ResponseReturnValue:
    form = SignInForm(next=request.args.get("next"))
    onward = safe(form.next.data, tenant=g.tenant.slug) or url_for("workbench.index")
    if request.method == "GET":
        if current_user.is_authenticated:
            return redirect(onward)
        return render_template("accounts/sign_in.html", form=form)
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), 422
    email = form.email.data or ""
    if not tries.may_try("sign-in", email):
        return too_many(form)
    user = actions.identify(email, form.password.data or "")
    if user is None:
        form.form_errors.append(_("Wrong address or password"))
        return render_template("accounts/sign_in.html", form=form), 422
    before = user.last_seen_at
    actions.come_in(user)
    db.session.commit()
    guards.sign_in(user)
    session["before"] = before.timestamp() if before else None
    return redirect(onward, 303)


@bp.post("/<tenant>/sign-out")
@requires(May.ANYONE)
def sign_out() -> ResponseReturnValue:
    session.clear()
    flash(_("You are signed out."), "success")
    return redirect(url_for("accounts.sign_in"), 303)


@bp.post("/language")
@requires(May.ANYONE)
def language() -> ResponseReturnValue:
    """Speak the language chosen, in this browser, and go on where one was."""
    locale = request.form.get("locale")
    if locale not in LOCALES:
        abort(400)
    onward = safe(request.form.get("next")) or url_for("accounts.home")
    return speak(redirect(onward, 303), locale)


@bp.get("/healthz")
@requires(May.ANYONE)
def health() -> ResponseReturnValue:
    """Whether the database and Valkey answer; nothing about either."""
    try:
        with db.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        current_app.extensions["redis"].ping()
    except (SQLAlchemyError, RedisError, OSError):
        return jsonify(ok=False), 503
    return jsonify(ok=True)


def speak(response: AnyResponse, locale: str) -> AnyResponse:
    response.set_cookie(
        COOKIE,
        locale,
        max_age=YEAR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def too_many(form: SignInForm) -> ResponseReturnValue:
    form.form_errors.append(
        _("Too many attempts; try again in %(minutes)s minutes", minutes=tries.MINUTES)
    )
    response = make_response(render_template("accounts/sign_in.html", form=form), 429)
    response.headers["Retry-After"] = str(tries.MINUTES * 60)
    return response


def slug_in(typed: str) -> str:
    """`jingzhou` out of "jingzhou", "/jingzhou/" or a whole address copied from a letter."""
    path = typed.strip().lower().split("://")[-1]
    parts = [part for part in path.split("/") if part]
    if len(parts) > 1 and parts[0] == request.host.lower():
        parts = parts[1:]
    return parts[0] if parts else ""


def inside() -> tuple[str, str] | None:
    """Where somebody already signed in was: their name and the address of their workbench."""
    kept = session.get("viewer")
    slug = queries.slug_of(kept["tenant_id"]) if kept else None
    if kept is None or slug is None or tenancy.find(slug) is None:
        return None
    return kept["name"], url_for("workbench.index", tenant=slug)
