"""The services start anywhere, are shared, and never outlive who started them."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import redis

from embedded import services
from running import locks
from tests.embedded.conftest import AWKWARD, ROOM, Owner, family

Own = Callable[..., Owner]
Gone = Callable[[set[int], float], bool]


def count(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM mark").fetchone()
    assert row
    return int(row[0])


def mark(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS mark (n int)")
        connection.execute("INSERT INTO mark VALUES (1)")


def test_a_bare_folder_becomes_an_instance_and_nothing_above_it_changes(tmp_path: Path) -> None:
    folder = tmp_path / AWKWARD
    folder.mkdir(mode=0o700)
    modes = {parent: parent.stat().st_mode for parent in (folder, *folder.parents)}
    with services(folder / "instance") as running:
        mark(running.owner_url)
        assert redis.from_url(running.redis_url).ping()
    assert {parent: parent.stat().st_mode for parent in modes} == modes


def test_an_ordinary_user_needs_nobody(
    tmp_path: Path, own: Own, as_an_ordinary_user: list[str]
) -> None:
    folder = tmp_path / AWKWARD
    folder.mkdir(mode=0o700)
    owner = own(folder / "instance", before=as_an_ordinary_user)
    assert owner.told()["started"]


def test_what_was_written_is_there_the_next_time(instance: Path) -> None:
    with services(instance) as running:
        mark(running.owner_url)
        redis.from_url(running.redis_url).set("mark", "1")
    with services(instance) as running:
        assert count(running.owner_url) == 1
        assert redis.from_url(running.redis_url).get("mark") == b"1"


def test_sockets_are_in_a_private_folder_that_goes_away(instance: Path) -> None:
    with services(instance) as running:
        folder = running.postgres.sockets
        assert folder.stat().st_mode & 0o777 == 0o700
        assert len(os.fsencode(running.postgres.socket)) < 100
    assert not folder.exists()


def test_a_second_process_shares_the_services_and_leaves_them_running(
    instance: Path, own: Own
) -> None:
    with services(instance) as running:
        guest = own(instance)
        told = guest.told()
        assert not told["started"]
        assert told["database_url"] == running.database_url
        guest.leave()
        mark(running.owner_url)
        assert redis.from_url(running.redis_url).ping()


def test_two_that_start_at_once_agree_who_is_the_owner(tmp_path: Path, own: Own) -> None:
    owners = [own(tmp_path / "instance") for _ in range(2)]
    assert sorted(owner.told()["started"] for owner in owners) == [False, True]


def test_nothing_is_left_running_when_the_owner_is_killed(
    instance: Path, own: Own, gone: Gone
) -> None:
    owner = own(instance)
    told = owner.told()
    mark(told["owner_url"])
    servers = set[int]().union(*(family(pid) for pid in told["pids"]))
    assert len(servers) > 5
    owner.kill()
    assert gone(servers, 30)
    with services(instance) as running:
        assert count(running.owner_url) == 1


def test_a_successor_need_not_wait_for_the_dead(instance: Path, own: Own) -> None:
    owner = own(instance)
    mark(owner.told()["owner_url"])
    owner.kill()
    with services(instance) as running:  # the old servers are still shutting down
        assert running.started
        assert count(running.owner_url) == 1


def test_an_owner_in_a_thread_that_ended_still_has_its_services(instance: Path) -> None:
    held = services(instance)
    results = []
    thread = threading.Thread(target=lambda: results.append(held.__enter__()))
    thread.start()
    thread.join()
    try:
        mark(results[0].owner_url)
        assert redis.from_url(results[0].redis_url).ping()
    finally:
        held.__exit__(None, None, None)


@pytest.mark.parametrize("watched", [False, True])
def test_a_child_ends_with_its_parent_whoever_watches(
    tmp_path: Path, watched: bool, gone: Gone
) -> None:
    program = (
        "import sys, time; from pathlib import Path; from running.processes import launch; "
        "log = Path(sys.argv[1]).open('ab'); "
        f"child = launch(['/bin/sleep', '60'], log=log, watched={watched}); "
        "print(child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "log")],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOM)},
    )
    with parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    assert gone({pid}, 30)


def test_what_died_is_started_again_in_the_same_place(instance: Path) -> None:
    with services(instance) as running:
        mark(running.owner_url)
        for server in running.servers:
            assert server.child is not None
            server.child.process.kill()
            server.child.process.wait()
        assert running.revive() == ["PostgreSQL", "Valkey"]
        assert count(running.owner_url) == 1
        assert redis.from_url(running.redis_url).ping()
        assert running.revive() == []


def test_a_lock_is_free_once_its_holder_is_gone(tmp_path: Path) -> None:
    held = locks.take(tmp_path / "lock")
    assert held is not None
    assert locks.take(tmp_path / "lock") is None
    os.close(held)
    again = locks.take(tmp_path / "lock")
    assert again is not None
    os.close(again)
