"""The worker: one application made before the first fork, one child per job."""

from redis import Redis
from rq import Queue, Worker

from jobs.queue import queue
from wsgi import create_app


def main() -> None:
    """Work until told to stop."""
    app = create_app()
    with app.app_context():
        work(queue())


def work(source: Queue, *, burst: bool = False) -> None:
    """Take jobs from the queue; with `burst`, return when it is empty."""
    connection: Redis = source.connection
    Worker([source], connection=connection).work(
        burst=burst, with_scheduler=not burst, logging_level="WARNING"
    )


if __name__ == "__main__":
    main()
