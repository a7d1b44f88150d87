"""Federations for tests: whole ones, with a user of every role."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from sqlalchemy import insert

from blueprints.shared.guards import _viewer_of
from tenants import provisioning
from tenants.acting import Actor, acting
from tenants.clock import at as at_moment
from tenants.clock import now
from tenants.db import db
from tenants.models import User
from tenants.passwords import hash_password
from tenants.roles import Role
from tenants.scope import tenant_scope

PASSWORD = "correct horse battery"
_HASH = hash_password(PASSWORD)
_numbers = itertools.count(1)


@dataclass
class Federation:
    """A federation, its address, and its people by role."""

    app: Flask
    id: int
    slug: str
    people: dict[Role, User] = field(default_factory=dict)

    @contextmanager
    def scope(self, *, at: datetime | None = None, by: User | None = None) -> Iterator[None]:
        """Stand inside the federation, as `by` (the officer unless said), at a moment."""
        person = by or self.officer
        with (
            self.app.app_context(),
            tenant_scope(self.id),
            acting(Actor(person.name, person.id)),
            at_moment(at),
        ):
            yield

    def url(self, path: str = "/") -> str:
        return f"/{self.slug}{path}"

    @property
    def administrator(self) -> User:
        return self.people[Role.ADMINISTRATOR]

    @property
    def officer(self) -> User:
        return self.people[Role.OFFICER]

    @property
    def approver(self) -> User:
        return self.people[Role.APPROVER]

    @property
    def supervisor(self) -> User:
        return self.people[Role.SUPERVISOR]

    @property
    def union(self) -> User:
        return self.people[Role.UNION]

    @property
    def partner(self) -> User:
        return self.people[Role.PARTNER]

    @property
    def auditor(self) -> User:
        return self.people[Role.AUDITOR]


def found(app: Flask, *, division: str) -> Federation:
    """Take a federation in, as the platform does, and give it its people."""
    slug = f"city{next(_numbers)}"
    tenant_id = provisioning.create(
        app.extensions["settings"],
        slug,
        name=f"示范市{slug}总工会",
        name_en=f"Model City Federation {slug}",
        short_name="示工",
        division=division,
    )
    federation = Federation(app, tenant_id, slug)
    people = [
        {
            "email": f"{role}@{slug}.example",
            "name": f"{role}-{slug}",
            "role": role,
            "locale": "en",
            "status": "active",
            "password_hash": _HASH,
        }
        for role in Role
    ]
    with app.app_context(), tenant_scope(tenant_id):
        for user in db.session.scalars(insert(User).returning(User), people):
            federation.people[Role(user.role)] = user
        db.session.commit()
        db.session.expunge_all()
    return federation


def sign_in(app: Flask, user: User) -> FlaskClient:
    """A browser that holds this user's session, without the second argon2 takes."""
    client = app.test_client()
    client.set_cookie(app.config["SESSION_COOKIE_NAME"], signed_session(app, user))
    return client


def signed_session(app: Flask, user: User, **more: object) -> str:
    """The cookie that signing in as this user would have left in the browser."""
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None, "there is no key to sign with"
    viewer, since = asdict(_viewer_of(user, 1)), now().timestamp()
    kept = {"viewer": viewer, "since": since, "_user_id": str(user.id), "_fresh": True}
    return str(serializer.dumps({**kept, **more}))
