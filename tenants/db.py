"""The one database handle. Every row of a federation is kept apart here, first of two locks.

The second lock is the database's own: forced row-level security on `app.tenant_id`
(migrations/rls.py). Either alone would do; a mistake in one is caught by the other.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from flask import has_app_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    Connection,
    CursorResult,
    DateTime,
    Executable,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    MetaData,
    bindparam,
    event,
    false,
    func,
    inspect,
    select,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    SessionTransaction,
    mapped_column,
    registry,
    with_loader_criteria,
)

from tenants.areas import Rules
from tenants.scope import (
    area_scope,
    current_area,
    current_tenant_id,
    tenant_in_scope,
    when_scope_changes,
)
from tenants.within import LIES

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: DateTime(timezone=True), int: BigInteger},
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


class TenantOwned:
    """Mixin: the row belongs to one federation and is invisible to every other."""

    tenant_id: Mapped[int] = mapped_column(
        ForeignKey("tenant.id"), primary_key=True, default=current_tenant_id, sort_order=-3
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True, sort_order=-2)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=90)


def tenant_fk(table: str, *columns: str, ondelete: str | None = None) -> ForeignKeyConstraint:
    """A reference that cannot leave its federation: (tenant_id, x_id) → table (tenant_id, id)."""
    (column,) = columns
    return ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{table}.tenant_id", f"{table}.id"],
        ondelete=ondelete,
    )


def one_of(column: str, values: type[StrEnum] | Iterable[str]) -> CheckConstraint:
    """Text with a CHECK instead of an enum type: only its `=` reaches an index under RLS."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


_TENANT = bindparam("current_tenant", callable_=current_tenant_id, type_=BigInteger())
_OURS = with_loader_criteria(
    TenantOwned, lambda cls: cls.tenant_id == _TENANT, include_aliases=True
)


AREAS = Rules(Base.metadata, LIES)


class OutsideArea(PermissionError):
    """Somebody bound to an area would have changed what does not lie wholly in it."""


def _seen(cls: Any) -> ColumnElement[bool]:
    return _lies(cls, wholly=False)


def _held(cls: Any) -> ColumnElement[bool]:
    return _lies(cls, wholly=True)


def held(row: TenantOwned) -> bool:
    """Whether a row may be changed: of somebody bound to an area, only what lies wholly there."""
    if current_area() is None:
        return True
    cls: Any = type(row)
    return db.session.scalar(select(cls.id).where(cls.id == row.id, _held(cls))) is not None


def _lies(cls: Any, *, wholly: bool) -> ColumnElement[bool]:
    """The condition on a class or an alias of it; SQLAlchemy tries it on the mixin first."""
    asked = inspect(cls, raiseerr=False)
    if asked is None or asked.mapper.class_ is TenantOwned:
        return false()
    table = asked.mapper.local_table.name
    return AREAS.on(table, lambda name: getattr(cls, name), wholly=wholly)


_SEEN = with_loader_criteria(TenantOwned, _seen, include_aliases=True)
_HELD = with_loader_criteria(TenantOwned, _held, include_aliases=True)


@event.listens_for(Session, "do_orm_execute")
def read_only_this_tenants_rows(state: ORMExecuteState) -> None:
    """Fails closed: with no federation in scope, the bind raises NoTenant.

    Who is bound to an area sees what lies there, and locks or changes only what lies wholly there.
    """
    if state.is_column_load or state.is_relationship_load:
        return
    state.statement = state.statement.options(_OURS)
    if current_area() is not None:
        locks = getattr(state.statement, "_for_update_arg", None) is not None
        writes = locks or state.is_update or state.is_delete
        state.statement = state.statement.options(_HELD if writes else _SEEN)


@event.listens_for(Session, "before_flush")
def write_only_this_tenants_rows(session: Session, *_: object) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, TenantOwned) and row.tenant_id not in {None, current_tenant_id()}:
            raise PermissionError(f"{row!r} belongs to another federation")


@event.listens_for(Session, "after_flush")
def remember_what_was_written(session: Session, _: object) -> None:
    """Of somebody bound to an area: looked at once more before it is committed."""
    if current_area() is not None:
        written = session.info.setdefault("written", set())
        for row in (*session.new, *session.dirty):
            table = inspect(row).mapper.local_table.name
            if isinstance(row, TenantOwned) and not AREAS.everywhere(table):
                written.add((type(row), row.id))


@event.listens_for(Session, "before_commit")
def write_only_within_the_area(session: Session) -> None:
    """Raises OutsideArea where a row now lies elsewhere: it was made there, or has been moved."""
    if current_area() is None:
        return
    session.flush()
    for cls, ids in _by_class(session.info.pop("written", set())).items():
        with area_scope(None):
            there = set(session.scalars(select(cls.id).where(cls.id.in_(ids))))
        query = select(cls.id).where(cls.id.in_(there), _held(cls))
        if there - set(session.scalars(query)):
            raise OutsideArea(f"{cls.__name__} {sorted(there)} is not wholly in the area.")


def _by_class(written: set[tuple[Any, int]]) -> dict[Any, set[int]]:
    found: dict[Any, set[int]] = {}
    for cls, ident in written:
        found.setdefault(cls, set()).add(ident)
    return found


@event.listens_for(Session, "after_begin")
def tell_the_database(_: Session, __: SessionTransaction, connection: Connection) -> None:
    """Name the federation to row-level security, for this transaction and no longer."""
    tenant_id = tenant_in_scope()
    if tenant_id is not None:
        connection.exec_driver_sql(
            "SELECT set_config('app.tenant_id', %s, true)", (str(tenant_id),)
        )


@when_scope_changes
def forget_rows() -> None:
    """A session never sees two federations, not even in its identity map."""
    if has_app_context():
        db.session.remove()


def rows_changed(statement: Executable, values: dict[str, Any] | None = None) -> int:
    """Carry out an INSERT, UPDATE or DELETE; how many rows it changed."""
    result = db.session.execute(statement, values)
    return int(cast("CursorResult[Any]", result).rowcount)


if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

JSON = dict[str, Any]
