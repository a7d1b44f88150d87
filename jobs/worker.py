"""The worker: one application made before the first fork, one child per job."""

from redis import Redis
from rq import Queue, Worker

from blueprints.notices.letters.texts import all_texts
from jobs.queue import queue
from rules.procedure import machines
from rules.reasons import Group, reasons
from wsgi import create_app


def main() -> None:
    """Work until told to stop."""
    app = create_app()
    read_once()
    with app.app_context():
        work(queue())


def read_once() -> None:
    """What every child would read anew from the same files, read before the first fork."""
    all_texts()
    machines()
    reasons(Group.REFUSAL)


def work(source: Queue, *, burst: bool = False) -> None:
    """Take jobs from the queue; with `burst`, return when it is empty."""
    connection: Redis = source.connection
    Worker([source], connection=connection).work(
        burst=burst, with_scheduler=not burst, logging_level="WARNING"
    )


if __name__ == "__main__":
    main()
