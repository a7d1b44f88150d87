"""A worker in a process of its own, to be started, stopped and killed by the tests.

It takes jobs from the real queue as the real worker does, but without a child per job, so that
killing it kills what it is doing.
"""

from rq import SimpleWorker

from jobs.queue import queue
from wsgi import create_app


def main() -> None:
    app = create_app()
    with app.app_context():
        SimpleWorker([queue()], connection=queue().connection).work(logging_level="ERROR")


if __name__ == "__main__":
    main()
