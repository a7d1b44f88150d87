"""What stands in front of every view: federation, sign-in, permission, scope."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue, RouteCallable
from flask_login import LoginManager, UserMixin, current_user, login_user
from sqlalchemy import select

from blueprints.shared import tenancy
from blueprints.shared.htmx import go_to, wants_fragment
from tenants.acting import Actor, acting
from tenants.clock import now
from tenants.db import db
from tenants.models import User, UserStatus
from tenants.roles import UNSEEN, May, Role, Scope, may, reach
from tenants.scope import area_scope, tenant_scope

View = TypeVar("View", bound=RouteCallable)
VISITOR = Actor("visitor")


@dataclass(frozen=True)
class Viewer(UserMixin):
    """Who is signed in, as the signed session says it; re-read when the epoch moves on."""

    id: int
    tenant_id: int
    epoch: int
    role: str
    name: str
    email: str
    locale: str
    union_id: int | None
    area: str | None = None  # GB/T 2260: an officer of an area; None: the whole federation

    def may(self, permission: May) -> bool:
        return self.reach(permission) is not None or permission is May.ANYONE

    def reach(self, permission: May) -> Scope | None:
        """Which rows this person reaches with the permission."""
        return reach(self.role, permission, area=self.area)

    @property
    def role_name(self) -> Role:
        return Role(self.role)


def requires(permission: May, *, citywide: bool = False) -> Callable[[View], View]:
    """Label a view. `guard` enforces the label; a view without one is closed to everybody.

    One that is `citywide` shows or changes what lies in no area: it is not there for an officer
    who is bound to one.
    """

    def label(view: View) -> View:
        vars(view).update(permission=permission, citywide=citywide)
        return view

    return label


def opens(endpoint: str) -> bool:
    """Whether the person signed in may open this address: for the buttons that lead there."""
    view = current_app.view_functions.get(endpoint)
    permission = getattr(view, "permission", None)
    if permission is None or not current_user.is_authenticated:
        return permission is May.ANYONE
    return bool(current_user.may(permission) and not _shut(view, current_user))


def _shut(view: object, person: Viewer) -> bool:
    """Whether it is for the whole federation, and this person for an area."""
    return person.area is not None and bool(getattr(view, "citywide", False))


def viewer() -> Viewer:
    """The person signed in. Only for views that require more than May.ANYONE."""
    person: Viewer = current_user._get_current_object()  # noqa: SLF001
    return person


def sign_in(user: User) -> None:
    """Begin a session for this user; the cookie carries who, where and which epoch."""
    session.clear()
    person = _viewer_of(user, g.tenant.users_epoch)
    session["viewer"] = asdict(person)
    session["since"] = now().timestamp()
    session.permanent = True
    login_user(person)


def init_app(app: Flask) -> None:
    login = LoginManager(app)
    login.session_protection = None
    login.user_loader(_load)
    login.unauthorized_handler(_to_sign_in)
    app.jinja_env.globals["opens"] = opens
    requires(May.ANYONE)(app.view_functions["static"])
    app.before_request(guard)
    app.teardown_request(_leave)


def guard() -> ResponseReturnValue | None:
    """Close what is not labelled, hide what is another federation's, refuse what is not granted."""
    if request.endpoint is None:
        return None  # no such page: Flask answers 404
    view = current_app.view_functions[request.endpoint]
    permission = getattr(view, "permission", None)
    if permission is None:
        abort(403)
    tenant = g.get("tenant")
    g.leave = ExitStack()
    if tenant is not None:
        g.leave.enter_context(tenant_scope(tenant.id))
        current_user.is_authenticated  # noqa: B018 - later, reading it would drop the view's rows
    if permission is May.ANYONE:
        g.leave.enter_context(acting(VISITOR))
        return None
    if tenant is None or _signed_in_elsewhere(tenant.id):
        g.tenant = None  # so that not even the page of the refusal names it
        abort(404)
    if not current_user.is_authenticated:
        return _to_sign_in()
    if not may(current_user.role, permission):
        abort(404 if permission in UNSEEN else 403)
    if not current_user.may(permission) or _shut(view, current_user):
        abort(404)
    g.leave.enter_context(area_scope(current_user.area))
    g.leave.enter_context(acting(Actor(current_user.name, current_user.id)))
    return None


def _signed_in_elsewhere(tenant_id: int) -> bool:
    kept: dict[str, Any] | None = session.get("viewer")
    return kept is not None and kept["tenant_id"] != tenant_id


def _load(user_id: str) -> Viewer | None:
    """The viewer out of the session; read again from the row when the epoch moved on."""
    kept: dict[str, Any] | None = session.get("viewer")
    tenant = g.get("tenant")
    if kept is None or tenant is None or kept["tenant_id"] != tenant.id:
        return None
    if kept["epoch"] == tenant.users_epoch:
        return Viewer(**kept)
    with tenant_scope(tenant.id):
        user = db.session.scalar(select(User).where(User.id == int(user_id)))
        if user is None or user.status != UserStatus.ACTIVE or _older_than_password(user):
            session.clear()
            return None
        person = _viewer_of(user, tenant.users_epoch)
    session["viewer"] = asdict(person)
    return person


def _older_than_password(user: User) -> bool:
    """Whether the password was changed after this session began: it ends every other one."""
    changed = user.password_changed_at
    return changed is not None and session.get("since", 0.0) < changed.timestamp()


def _viewer_of(user: User, epoch: int) -> Viewer:
    return Viewer(
        user.id, user.tenant_id, epoch, user.role, user.name, user.email, user.locale,
        user.union_id, user.area if user.role == Role.OFFICER else None,
    )  # fmt: skip


def signed_out() -> bool:
    """Whether a page of the federation was asked for in a session that is over."""
    permission = getattr(current_app.view_functions.get(request.endpoint or ""), "permission", None)
    closed = permission not in {None, May.ANYONE}
    return closed and g.get("tenant") is not None and session.get("viewer") is None


def to_sign_in() -> ResponseReturnValue:
    """To the door, and from there back to where the person was."""
    return _to_sign_in()


def _page_behind() -> str | None:
    """The page whose form was sent: after signing in, its draft is wanted again."""
    sent_from = urlsplit(request.headers.get("HX-Current-URL") or request.referrer or "")
    if not sent_from.path.startswith(f"/{g.tenant.slug}/"):
        return None
    return sent_from.path + (f"?{sent_from.query}" if sent_from.query else "")


def _to_sign_in() -> ResponseReturnValue:
    """An htmx request is told to go there as a page, so no sign-in form lands in a table."""
    tenancy.require()
    target = request.full_path.rstrip("?") if request.method == "GET" else _page_behind()
    address = url_for("accounts.sign_in", next=target)
    return go_to(address) if wants_fragment() else redirect(address)


def _leave(_: BaseException | None) -> None:
    if leave := g.pop("leave", None):
        leave.close()
