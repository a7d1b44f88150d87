"""The federations of the demonstration, and an account of every role; all of it fictional."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import Flask
from sqlalchemy import select

from blueprints.registry.models import TradeUnion
from blueprints.registry.union_actions import found_area_unions
from blueprints.rulebook import calendar_actions
from blueprints.rulebook import queries as rulebook
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.roster_models import SupervisorCertificate
from running.demo import DemoAccount
from tenants import provisioning
from tenants.clock import now, today
from tenants.db import db
from tenants.models import Tenant, User, UserStatus
from tenants.passwords import hash_password
from tenants.roles import Role
from tenants.scope import tenant_scope

PASSWORD = "demo-password"  # noqa: S105 - the demonstration shows it on its first page
NAMES = {
    Role.ADMINISTRATOR: ("演示管理员", "信息化专员"),
    Role.OFFICER: ("演示干部", "权益保障部科长"),
    Role.APPROVER: ("演示领导", "副主席"),
    Role.SUPERVISOR: ("演示指导员甲", "专职集体协商指导员"),
    Role.UNION: ("演示基层工会", "工会主席"),
    Role.PARTNER: ("演示三方成员", "劳动关系科"),
    Role.AUDITOR: ("演示经审", "经审办"),
}


@dataclass(frozen=True)
class City:
    slug: str
    name: str
    name_en: str
    short_name: str
    division: str
    phone: str
    address: str


CITIES = (
    City(
        "jingzhou", "荆州市总工会", "Jingzhou Federation of Trade Unions", "荆工", "421000",
        "0716-0000000", "荆州市示范路1号（演示）",
    ),
    City(
        "ordos", "鄂尔多斯市总工会", "Ordos Federation of Trade Unions", "鄂工", "150600",
        "0477-0000000", "鄂尔多斯市示范街2号（演示）",
    ),
    City(
        "hangzhou", "杭州市总工会", "Hangzhou Federation of Trade Unions", "杭工", "330100",
        "0571-0000000", "杭州市示范路3号（演示）",
    ),
)  # fmt: skip


def open_federation(app: Flask, city: City) -> int:
    """Take the federation in with its people and the unions of its counties; returns its id."""
    tenant_id = provisioning.create(
        app.extensions["settings"],
        city.slug,
        name=city.name,
        name_en=city.name_en,
        short_name=city.short_name,
        division=city.division,
    )
    with app.app_context(), tenant_scope(tenant_id):
        furnish(city)
        db.session.commit()
    return tenant_id


def furnish(city: City) -> None:
    """Contact for letters, unions with addresses, and the accounts."""
    tenant = db.session.scalars(select(Tenant).where(Tenant.slug == city.slug)).one()
    tenant.settings = {
        "contact": {"name": "权益保障部", "phone": city.phone, "address": city.address},
        "demo_password": PASSWORD,  # the door of the house shows it, in demo mode only
    }
    know_the_years()
    unions = found_area_unions()
    for union in db.session.scalars(select(TradeUnion)):
        union.email = f"union{union.id}@{city.slug}.example"
        union.address, union.phone = city.address, city.phone
    seat = unions[city.division]
    county = min(ident for code, ident in unions.items() if code != city.division)
    hashed = hash_password(PASSWORD)
    for role in Role:
        name, title = NAMES[role]
        db.session.add(
            User(
                email=f"{role}@{city.slug}.example",
                name=name,
                title=title,
                role=role,
                status=UserStatus.ACTIVE,
                password_hash=hashed,
                password_changed_at=now(),
                union_id={Role.UNION: county, Role.OFFICER: seat}.get(role),
            )
        )
    for letter in "乙丙":
        db.session.add(
            User(
                email=f"supervisor-{'b' if letter == '乙' else 'c'}@{city.slug}.example",
                name=f"演示指导员{letter}",
                title="兼职集体协商指导员",
                role=Role.SUPERVISOR,
                status=UserStatus.ACTIVE,
                password_hash=hashed,
                password_changed_at=now(),
            )
        )
    db.session.flush()
    for user in db.session.scalars(select(User).where(User.role == Role.SUPERVISOR)):
        guide = Supervisor(user_id=user.id, name=user.name, industries=["61", "62"])
        db.session.add(guide)
        db.session.flush()
        db.session.add(
            SupervisorCertificate(
                supervisor_id=guide.id, number=f"演示证{guide.id:03}", issued_on=date(2025, 1, 6)
            )
        )


def know_the_years() -> None:
    """The years that clocks reach into; without days swapped, where no notice is out yet."""
    covered = rulebook.calendar().years
    for year in range(today().year - 1, today().year + 2):
        if year not in covered:
            calendar_actions.complete(year, f"演示：{year}年只计法定节假日，不含调休")


def user_of(role: Role) -> User:
    """The account of a role in the federation in scope; the first supervisor for that role."""
    return db.session.scalars(
        select(User).where(User.role == role).order_by(User.id).limit(1)
    ).one()


def accounts() -> Iterator[DemoAccount]:
    """Who can be tried: every role of the first federation, the officer of the others."""
    for city in CITIES:
        for role in Role if city is CITIES[0] else (Role.ADMINISTRATOR, Role.OFFICER):
            yield DemoAccount(
                role=str(role),
                federation=city.slug,
                email=f"{role}@{city.slug}.example",
                password=PASSWORD,
            )
