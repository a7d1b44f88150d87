"""The `yaoyue` command: every sub-command is a thin call into a room, made when it is asked for."""

import importlib
import signal
import sys
from typing import Any

import click

from commands.answers import in_one_line, terminated

ROOMS = {  # name → where its command is; imported only when used, so that --help is quick
    "up": "commands.up:up",
    "db": "commands.database:database",
    "demo": "commands.demo:demo",
    "registry": "commands.registry:registry",
    "contracts": "commands.contracts:contracts",
    "tenants": "commands.tenants:tenants",
    "rules": "commands.rules:rules",
    "trail": "commands.trail:trail",
    "bounces": "commands.bounces:bounces",
    "bench": "commands.bench:bench",
}


class Rooms(click.Group):
    """A group whose commands live in the rooms above."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(ROOMS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in ROOMS:
            return None
        module, _, attribute = ROOMS[name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


@click.command(cls=Rooms)
@click.version_option(package_name="yaoyue")
def cli() -> None:
    """Industry-wide and regional collective bargaining for city federations of trade unions.

    Uses the instance in ./instance, or in the folder named by YAOYUE_INSTANCE. Where DATABASE_URL
    and REDIS_URL are not set, a PostgreSQL and a Valkey of its own are started and stopped.
    """


def main(arguments: list[str] | None = None) -> Any:
    """Run a command. What goes wrong is told in one line, with exit code 2."""
    signal.signal(signal.SIGTERM, terminated)
    try:
        sys.exit(cli.main(arguments, prog_name="yaoyue", standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as help_:
        click.echo(help_.format_message())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - nobody is to see a traceback
        click.echo(in_one_line(error), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
