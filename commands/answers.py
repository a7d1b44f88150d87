"""How commands are given what they need, and how they answer: to people, or as one JSON object."""

import functools
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from flask import Flask

from running.house import house, instance_folder
from running.refusal import CannotStart

Answer = Mapping[str, Any]


def with_services(command: Callable[..., Any]) -> Callable[..., Any]:
    """Call with `app`: its services run, its tables are up to date, its context is entered.

    Services that this starts it also stops; those that run already are shared.
    """

    @functools.wraps(command)
    def called(*arguments: Any, **options: Any) -> Any:
        from running.migrating import migrate

        with house(instance_folder(), say=tell) as running:
            app = running.app()
            migrate(app, tell)
            with app.app_context():
                try:
                    return command(app, *arguments, **options)
                finally:
                    hang_up(app)

    return called


def hang_up(app: "Flask") -> None:
    """Close what the application keeps open, before its services stop."""
    from tenants.db import db

    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()
    app.extensions["redis"].close()


def answers(show: Callable[[Any], Iterable[str]]) -> Callable[..., Callable[..., Any]]:
    """Add `--json`: what the command returns is printed by `show`, or as one line of JSON.

    A result with `"ok": False` ends the command with exit code 1, once it is printed.
    """

    def decorate(command: Callable[..., Answer]) -> Callable[..., None]:
        @click.option("--json", "as_json", is_flag=True, help="One JSON object on the last line.")
        @functools.wraps(command)
        def called(*arguments: Any, as_json: bool, **options: Any) -> None:
            answer = command(*arguments, **options)
            if as_json:
                click.echo(json.dumps(answer, ensure_ascii=False, default=str))
            else:
                for line in show(answer):
                    click.echo(line)
            if answer.get("ok") is False:
                raise click.exceptions.Exit(1)

        return called

    return decorate


def pairs(answer: Answer) -> Iterable[str]:
    """One `name  value` a line."""
    width = max((len(name) for name in answer), default=0)
    return (f"{name:<{width}}  {value}" for name, value in answer.items())


def table(rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """Rows under their names, in columns."""
    listed = [{name: str(value) for name, value in row.items()} for row in rows]
    if not listed:
        return ["None."]
    names = list(listed[0])
    widths = {name: max(len(name), *(len(row[name]) for row in listed)) for name in names}
    lines = [{name: name for name in names}, *listed]
    return ["  ".join(row[name].ljust(widths[name]) for name in names).rstrip() for row in lines]


def tell(message: str) -> None:
    """Progress goes where it cannot be taken for the answer."""
    click.echo(message, err=True)


def in_one_line(error: Exception) -> str:
    """What went wrong, for the person. A surprise leaves its trace in the instance's log."""
    if plain := plainly(error):
        return " ".join(plain.split())
    from pydantic import ValidationError
    from redis import RedisError
    from sqlalchemy.exc import OperationalError

    match error:
        case ValidationError():
            said = "; ".join(f"{at['loc']}: {at['msg']}" for at in error.errors())
        case OperationalError():
            said = f"The database does not answer: {str(error.orig).splitlines()[0]}"
        case RedisError():
            said = f"Valkey does not answer: {error}"
        case _:
            said = f"{type(error).__name__}: {error} ({kept_trace(error)})"
    return " ".join(said.split())


def plainly(error: Exception) -> str | None:
    """What needs no other package to be recognised, so that a mistyped command answers at once."""
    from rules.broken import RuleBroken

    match error:
        case CannotStart():
            return error.message
        case RuleBroken():
            return error.in_(os.environ.get("LANG", "")[:2])
        case click.UsageError():
            return f"{error.format_message()} (see {usage_of(error)} --help)"
        case click.ClickException():
            return error.format_message()
        case click.Abort():
            return "Stopped."
        case _:
            return None


def usage_of(error: click.UsageError) -> str:
    return error.ctx.command_path if error.ctx else "yaoyue"


def kept_trace(error: Exception) -> str:
    path = Path(instance_folder(), "log", "surprises.log")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as log:
            traceback.print_exception(error, file=log)
    except OSError:
        return "no trace could be kept"
    return f"the trace is in {path}"


def terminated(*_: object) -> NoReturn:
    """SIGTERM ends a command in order, like Ctrl-C."""
    sys.exit(143)
