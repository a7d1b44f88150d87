"""`yaoyue up`: the whole house on this machine, until Ctrl-C."""

import click

from commands.answers import tell
from running.house import instance_folder
from running.up import HOST
from running.up import up as run


@click.command()
@click.option("--host", default=HOST, show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="Default: the first free from 8000 on.")
def up(host: str, port: int | None) -> None:
    """Start web server, workers, clock and a mail server of its own; Ctrl-C stops them."""
    run(instance_folder(), say=tell, host=host, port=port)
