"""The web server's program: what all its workers share is loaded once, before they are made."""

import gc
import sys

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from wsgi import create_app


def app() -> Flask:
    """One worker's application; freezing what start-up made takes a tenth off the slowest pages."""
    made = create_app()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    return made


def main(host: str, port: str, workers: str) -> None:
    """Serve until told to stop. One thread a worker: more only wait for each other."""
    gc.freeze()  # the collector would else touch, and so copy, what workers share
    Granian(
        "running.web:app",
        factory=True,
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(workers),
        blocking_threads=1,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=3,
    ).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
