"""Which federation this request or job acts for, and which area of it, where it is bound to one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_tenant_id: ContextVar[int | None] = ContextVar("tenant_id", default=None)
_area: ContextVar[str | None] = ContextVar("area", default=None)
_when_it_changes: list[Callable[[], None]] = []


class NoTenant(RuntimeError):
    """Rows of a federation were touched outside tenant_scope()."""


def current_tenant_id() -> int:
    """The federation in scope; raises NoTenant where there is none."""
    tenant_id = _tenant_id.get()
    if tenant_id is None:
        raise NoTenant("No federation is in scope: enter tenant_scope() first.")
    return tenant_id


def tenant_in_scope() -> int | None:
    return _tenant_id.get()


def current_area() -> str | None:
    """The area (GB/T 2260) that whoever asks is bound to; None: the whole federation."""
    return _area.get()


@contextmanager
def area_scope(area: str | None) -> Iterator[None]:
    """See and change only what lies in an area: tenants.areas. None is the whole federation."""
    token = _area.set(area)
    try:
        yield
    finally:
        _area.reset(token)


def when_scope_changes(forget: Callable[[], None]) -> Callable[[], None]:
    """Register what must be dropped when another federation comes into scope."""
    _when_it_changes.append(forget)
    return forget


@contextmanager
def tenant_scope(tenant_id: int) -> Iterator[None]:
    """Act for one federation. Whatever the session held of another is let go, both ways."""
    if not isinstance(tenant_id, int) or isinstance(tenant_id, bool):
        raise NoTenant(f"{tenant_id!r} is not a federation.")
    _changed()
    token = _tenant_id.set(tenant_id)
    try:
        yield
    finally:
        _changed()
        _tenant_id.reset(token)


def _changed() -> None:
    for forget in _when_it_changes:
        forget()
