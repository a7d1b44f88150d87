"""Taking people in, changing what they may do, and shutting them out."""

from typing import Any

from blueprints.accounts import epoch
from blueprints.accounts.actions import invitation_link, send_invitation
from blueprints.accounts.queries import account_of
from blueprints.registry.areas import area_name
from blueprints.registry.values import read_email
from blueprints.settings import user_queries as queries
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.db import db
from tenants.models import User, UserStatus
from tenants.roles import Role

LAST = Text(
    "这是最后一名在用的管理员，请先让其他人担任管理员。",
    "This is the last active administrator. Give somebody else the role first.",
)
PLATFORM = "要约 Yaoyue"  # who invites where nobody else can
NOT_WAITING = Text(
    "只能向尚未启用的账号重发邀请。",
    "An invitation is only sent again to somebody who has not come in yet.",
)


def invite(inviter: str, **details: Any) -> User:
    """Make an account without a password, and mail its owner a link to choose one."""
    user = User(status=UserStatus.INVITED, **details)
    db.session.add(user)
    db.session.flush()
    bound = {"area": area_name(user.area).zh} if user.area else {}
    trail.record("user.invited", user, role=user.role, email=user.email, **bound)
    send_invitation(user, inviter=inviter)
    epoch.move_on()
    return user


def invite_administrator(name: str, email: str) -> str:
    """By the platform, where nobody is there to invite anybody yet; returns the link of the mail.

    Asked for again before the account is used, a new link goes out. Raises RuleBroken where the
    address is no address, or has an account already.
    """
    if read_email(email) is None:
        raise RuleBroken(Text("电子邮箱格式不正确。", "This is no e-mail address."))
    user = account_of(email)
    if user is None:
        user = invite(PLATFORM, name=name, email=email, role=Role.ADMINISTRATOR, locale="zh_CN")
    elif user.role == Role.ADMINISTRATOR and user.status == UserStatus.INVITED:
        invite_again(user, PLATFORM)
    else:
        raise RuleBroken(Text("该邮箱已有账号。", "This address has an account already."))
    return invitation_link(user)


def invite_again(user: User, inviter: str) -> None:
    if user.status != UserStatus.INVITED:
        raise RuleBroken(NOT_WAITING)
    send_invitation(user, inviter=inviter)
    trail.record("user.invited_again", user, email=user.email)


def change(user: User, **details: Any) -> bool:
    """Change an account; False when nothing differs. Sessions read it again at once.

    Raises RuleBroken where nobody would be left to manage the users.
    """
    if gives_up(user, details) and queries.is_last_administrator(user):
        raise RuleBroken(LAST)
    before = {name: getattr(user, name) for name in details}
    changed = {name: [before[name], new] for name, new in details.items() if before[name] != new}
    if not changed:
        return False
    union_before = queries.union_name(user)
    for name, (_old, new) in changed.items():
        setattr(user, name, new)
    if "union_id" in changed:
        del changed["union_id"]
        changed["union"] = [union_before, queries.union_name(user)]
    if "area" in changed:
        changed["area"] = [area_name(code).zh for code in changed["area"]]
    status = changed.pop("status", None)
    epoch.move_on()
    if changed:
        trail.record("user.changed", user, changed=changed)
    if status:
        verb = "user.disabled" if user.status == UserStatus.DISABLED else "user.enabled"
        trail.record(verb, user)
    return True


def gives_up(user: User, details: dict[str, Any]) -> bool:
    """Whether the change takes the administrator's role, or the account, away."""
    role, status = details.get("role", user.role), details.get("status", user.status)
    was = user.role == Role.ADMINISTRATOR and user.status == UserStatus.ACTIVE
    return was and (role != Role.ADMINISTRATOR or status == UserStatus.DISABLED)
