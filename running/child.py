"""Run in place of a server: ties its life to ours, takes root's powers off, becomes the server.

Called by `processes.launch` with one JSON order and no package in reach, so that it takes
milliseconds. Exit codes: 97 no user namespace to be had, 98 the program cannot be run.
"""

import ctypes
import json
import os
import select
import signal
import sys
from pathlib import Path
from typing import Any

NO_NAMESPACE = 97
CANNOT_RUN = 98
CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1


def become(order: dict[str, Any]) -> None:
    """Turn into the program that was ordered. Does not return."""
    for number in (signal.SIGPIPE, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    guest, owner = order["guest"], order["owner"]
    if guest is not None:
        enter_namespace(guest)
    elif owner is not None:
        os.setgroups([])
        os.setgid(owner[1])
        os.setuid(owner[0])
    if order["lifeline"] is None:
        die_with_parent(order["parent"], order["signal"])  # after the change of user undid it
    else:
        watch(order["lifeline"], order["signal"])
    argv = order["argv"]
    try:
        os.execv(argv[0], argv)  # noqa: S606 - no shell is wanted
    except OSError as error:
        sys.stderr.write(f"{argv[0]}: {error.strerror}\n")
        sys.exit(CANNOT_RUN)


def enter_namespace(guest: int) -> None:
    """Appear as `guest` to ourselves while every file stays the caller's own."""
    uid, gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        if libc.unshare(CLONE_NEWUSER) != 0:
            raise OSError(ctypes.get_errno(), "unshare")  # noqa: TRY301
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{guest} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{guest} {gid} 1")
    except OSError as error:
        sys.stderr.write(f"no user namespace: {error}\n")
        sys.exit(NO_NAMESPACE)


def die_with_parent(parent: int, number: int) -> None:
    """Linux: the kernel sends `number` when the thread that started us ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(0)  # it ended before we could ask


def watch(lifeline: int, number: int) -> None:
    """Elsewhere: a watcher waits for the end of a pipe only our parent holds open."""
    server = os.getpid()
    ended, running = os.pipe()
    os.set_inheritable(running, True)  # held by the server until its last process ends
    first = os.fork()
    if first:
        os.waitpid(first, 0)
        os.close(ended)
        return
    os.setsid()
    if os.fork():
        os._exit(0)  # an orphan of init: the server must not find a child it does not know
    for fd in range(256):
        if fd not in {lifeline, ended}:
            try:  # noqa: SIM105 - no contextlib here: every import costs a start
                os.close(fd)
            except OSError:
                pass
    if lifeline in select.select([lifeline, ended], [], [])[0]:
        try:  # noqa: SIM105
            os.kill(server, number)
        except OSError:
            pass
    os._exit(0)


if __name__ == "__main__":
    become(json.loads(sys.argv[1]))
