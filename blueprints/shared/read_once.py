"""What a page reads once, however many of its parts ask for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
Kept = dict[tuple[Any, ...], Any]
_kept: ContextVar[Kept | None] = ContextVar("read_once", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Inside, every query marked `read_once` is sent once. For pages only: nothing is written."""
    outer = _kept.get()
    token = _kept.set({} if outer is None else outer)
    try:
        yield
    finally:
        _kept.reset(token)


def read_once(query: Callable[P, R]) -> Callable[P, R]:
    """Mark a query whose answer cannot change while a page is being read.

    Outside `reading` the mark does nothing, so verbs always see what they have just written.
    Its arguments must be hashable; a row is its own key.
    """

    @wraps(query)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        kept = _kept.get()
        if kept is None:
            return query(*args, **kwargs)
        key = (query, args, tuple(sorted(kwargs.items())))
        if key not in kept:
            kept[key] = query(*args, **kwargs)
        found: R = kept[key]
        return found

    return asked
