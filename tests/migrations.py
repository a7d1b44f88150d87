"""Whether migrations make what the models describe: `python -m tests.migrations`.

Runs `yaoyue db check` in a throw-away instance, whatever state the one in use is in.
"""

import os
import sys
import tempfile

from cli import main

if __name__ == "__main__":
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["YAOYUE_INSTANCE"] = folder
        main([*("db", "check"), *sys.argv[1:]])
