"""The links that are mailed, as their owner finds them."""

from urllib.parse import urlsplit

from sqlalchemy import select

from blueprints.notices.models import Notice
from tenants.db import db
from tenants.models import User


def mailed_to(federation, user):
    """The notices owed to this user, oldest first."""
    with federation.scope():
        query = select(Notice).where(Notice.recipient == f"user:{user.id}").order_by(Notice.id)
        return list(db.session.scalars(query))


def link_in(notice):
    """The path of the one link in the mail."""
    address = next(value for name, value in notice.fields.items() if name.endswith("_url"))
    return urlsplit(address).path


def row_of(federation, user):
    with federation.scope():
        return db.session.scalars(select(User).where(User.id == user.id)).one()
