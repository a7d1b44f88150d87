"""Taking a federation in, listing and suspending. Done by the platform, as the owner."""

import re
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, Engine, create_engine, insert, pool, select, update
from sqlalchemy.exc import IntegrityError

from rules.broken import RuleBroken
from rules.words import Text
from tenants.models import Tenant, TenantStatus
from tenants.settings import Settings, sqlalchemy_url

_SLUG = re.compile(r"[a-z][a-z0-9-]{1,30}")
RESERVED = {"static", "assets", "healthz", "mail", "rules", "www", "api", "sign-in", "language"}


@dataclass(frozen=True)
class Federation:
    """A federation as the platform lists it."""

    id: int
    slug: str
    name: str
    division: str
    status: str


def owner_connection(settings: Settings) -> Connection:
    """A connection of its own as the owner; the service's pool never holds one."""
    return _engine(settings.database_owner_url or settings.database_url).connect()


@cache
def _engine(url: str) -> Engine:
    """Holds no connection: only what SQLAlchemy asks a database about itself, asked once."""
    return create_engine(sqlalchemy_url(url), poolclass=pool.NullPool)


def create(
    settings: Settings, slug: str, *, name: str, name_en: str, short_name: str, division: str
) -> int:
    """Take a federation in; returns its id. Raises RuleBroken where the platform refuses."""
    if not _SLUG.fullmatch(slug) or slug in RESERVED:
        raise RuleBroken(
            Text(
                f"“{slug}”不能用作网址：请用小写字母开头，由小写字母、数字和短横线组成。",
                f"“{slug}” cannot be an address: use lower-case letters, digits and hyphens, "
                "a letter first.",
            )
        )
    if not re.fullmatch(r"[0-9]{6}", division):
        raise RuleBroken(
            Text("行政区划代码须为6位数字（GB/T 2260）。", "A division has six digits (GB/T 2260).")
        )
    row = {
        "slug": slug,
        "name": name,
        "name_en": name_en or name,
        "short_name": short_name,
        "division": division,
    }
    with owner_connection(settings) as connection, connection.begin():
        try:
            return int(
                connection.execute(insert(Tenant).values(row).returning(Tenant.id)).scalar_one()
            )
        except IntegrityError:
            raise RuleBroken(
                Text(f"网址“{slug}”已被使用。", f"The address “{slug}” is taken.")
            ) from None


def federations(settings: Settings) -> list[Federation]:
    query = select(Tenant.id, Tenant.slug, Tenant.name, Tenant.division, Tenant.status)
    with owner_connection(settings) as connection:
        return [Federation(*row) for row in connection.execute(query.order_by(Tenant.slug))]


def suspend(settings: Settings, slug: str, *, lift: bool = False) -> None:
    """Close a federation's pages and jobs, or open them again. Its rows stay as they are."""
    status = TenantStatus.ACTIVE if lift else TenantStatus.SUSPENDED
    query = update(Tenant).where(Tenant.slug == slug).values(status=status)
    with owner_connection(settings) as connection, connection.begin():
        if not connection.execute(query).rowcount:
            raise RuleBroken(Text(f"没有“{slug}”。", f"There is no federation “{slug}”."))
