"""Links back to this same list: sorted otherwise, filtered otherwise, on another leaf."""

from typing import Any
from urllib.parse import urlencode

from flask import Flask, request

PLACE_IN_LIST = ("cursor", "page")  # what a new order or filter makes meaningless


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(here=here, sort_link=sort_link, same_questions=same_questions)


def here(**changes: Any) -> str:
    """The address asked for, with some questions changed; None takes one away."""
    asked: dict[str, list[Any]] = {name: request.args.getlist(name) for name in request.args}
    for name, value in changes.items():
        asked[name] = list(value) if isinstance(value, list | tuple) else [value]
    pairs = [
        (name, value) for name, values in asked.items() for value in values if value is not None
    ]
    return f"{request.path}?{urlencode(pairs)}" if pairs else request.path


def same_questions(address: str, *, place: bool = False) -> str:
    """Another address of ours with the questions of this one; with `place`, on the same leaf.

    The questions are never handed to url_for: what anybody types would become its options.
    """
    pairs = [
        (name, value)
        for name in request.args
        for value in request.args.getlist(name)
        if place or name not in PLACE_IN_LIST
    ]
    return f"{address}?{urlencode(pairs)}" if pairs else address


def sort_link(key: str, current: str) -> str:
    """Sort by `key`; by `-key` if that is how it stands already. Keeps the filters."""
    leaving = dict.fromkeys(PLACE_IN_LIST)
    return here(sort=f"-{key}" if current == key else key, **leaving)
