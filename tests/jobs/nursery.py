"""Workers forked from one warm process, one a line of input, each to be killed by a test.

Loading the application takes a second; forking it costs nothing, so twenty can be killed in a row.
"""

import faulthandler
import os
import signal
import sys

from rq import SimpleWorker

from jobs.queue import queue
from wsgi import create_app


def main() -> None:
    app = create_app()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            sys.stdout = sys.stderr  # what it logs is for whoever reads of a test that failed,
            faulthandler.dump_traceback_later(50)  # and so is where it hangs
            try:
                with app.app_context():
                    worker = SimpleWorker([queue()], connection=queue().connection)
                    worker.work(logging_level="ERROR")
            finally:  # also where Valkey is gone, of which it has told
                os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
