"""Coming in, and keeping the key: what people do with their own account."""

import structlog
from flask import current_app, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from blueprints.accounts import epoch, links, queries
from blueprints.accounts.links import Purpose
from blueprints.notices import actions as notices
from blueprints.shared.role_names import role_name
from tenants import trail
from tenants.acting import Actor, acting
from tenants.clock import now
from tenants.federation import this_federation
from tenants.models import User, UserStatus
from tenants.passwords import hash_password, password_matches

log = structlog.get_logger()
INVITATION = "28b-mail-invitation"
RESET = "28c-mail-password-reset"


def identify(email: str, password: str) -> User | None:
    """The active account that this address and password open. As slow for nobody as for anybody."""
    user = queries.account_of(email)
    right = password_matches(user.password_hash if user else None, password)
    if user is None or not right or user.status != UserStatus.ACTIVE:
        log.info("sign-in refused", account=user.id if user else None)
        return None
    return user


def come_in(user: User) -> None:
    """Note that this person has come in."""
    user.last_seen_at = now()
    with acting(Actor(user.name, user.id)):
        trail.record("user.signed_in", user)


def set_password(user: User, password: str, verb: str) -> None:
    """Give the account a new password; every session begun before ends."""
    user.password_hash = hash_password(password)
    user.password_changed_at = now()
    user.status = UserStatus.ACTIVE
    epoch.move_on()
    with acting(Actor(user.name, user.id)):
        trail.record(verb, user)


def change_details(user: User, *, name: str, title: str, phone: str, locale: str) -> None:
    """Change what a person may change of their own account."""
    before = {key: getattr(user, key) for key in ("name", "title", "phone", "locale")}
    user.name, user.locale = name, locale
    user.title, user.phone = title or None, phone or None
    changed = {
        key: [old, getattr(user, key)] for key, old in before.items() if old != getattr(user, key)
    }
    if changed:
        epoch.move_on()
        trail.record("user.changed_own_details", user, changed=changed)


def send_invitation(user: User, *, inviter: str) -> None:
    """Post the mail that lets a new person choose a password."""
    link = links.write(Purpose.INVITATION, user)
    with force_locale(user.locale):
        _post(
            user,
            "invitation",
            INVITATION,
            recipient_name=user.name,
            inviter_name=inviter,
            role_name=role_name(user.role),
            invitation_url=_address("accounts.accept_invitation", link.token),
            link_expires_at=link.expires_at.isoformat(timespec="minutes"),
        )


def invitation_link(user: User) -> str:
    """The address with which an invited person chooses a password."""
    return _address("accounts.accept_invitation", links.write(Purpose.INVITATION, user).token)


def send_reset(email: str) -> None:
    """Post the mail that lets a person choose another password; nothing where there is no account.

    Somebody invited who never came in gets the invitation once more.
    """
    user = queries.account_of(email)
    if user is None or user.status == UserStatus.DISABLED:
        return
    if user.status == UserStatus.INVITED:
        send_invitation(user, inviter=_federation_name(user.locale))
        return
    link = links.write(Purpose.RESET, user)
    trail.record("user.asked_for_reset", user)
    with force_locale(user.locale):
        _post(
            user,
            "password_reset",
            RESET,
            account_email_masked=masked(user.email),
            requested_at=now().isoformat(timespec="minutes"),
            reset_url=_address("accounts.reset_password", link.token),
            link_expires_at=link.expires_at.isoformat(timespec="minutes"),
        )


def masked(email: str) -> str:
    """l***@example.org: enough for the owner to know it."""
    head, _at, domain = email.partition("@")
    return f"{head[:1]}***@{domain}"


def _post(user: User, kind: str, text_id: str, **values: str) -> None:
    notices.post(
        kind,
        subject=("user", user.id),
        recipient=f"user:{user.id}",
        name=user.name,
        address=user.email,
        text_id=text_id,
        values={
            "tenant_name": _federation_name(user.locale),
            "contact_phone": _phone() or _("the administrator"),
            **values,
        },
        locale=user.locale,
        sequence=int(now().timestamp()),  # a person may ask again, and gets another mail
    )


def _address(endpoint: str, token: str) -> str:
    return str(current_app.config["BASE_URL"]) + url_for(endpoint, token=token, _external=False)


def _federation_name(locale: str) -> str:
    tenant = this_federation()
    return tenant.name_en if locale == "en" and tenant.name_en else tenant.name


def _phone() -> str:
    return str(this_federation().settings.get("contact", {}).get("phone") or "")
