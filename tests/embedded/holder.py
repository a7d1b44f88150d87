"""Holds the services of an instance until its input ends, and says where they are."""

import json
import sys
from pathlib import Path
from typing import Any

from embedded import CannotStart, services


def main() -> None:
    try:
        with services(Path(sys.argv[1])) as running:
            tell(
                started=running.started,
                database_url=running.database_url,
                owner_url=running.owner_url,
                redis_url=running.redis_url,
                pids=[server.child.pid for server in running.servers if server.child],
            )
            sys.stdin.read()
    except CannotStart as refusal:
        tell(refusal=refusal.message)


def tell(**what: Any) -> None:
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
