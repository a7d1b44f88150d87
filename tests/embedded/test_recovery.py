"""Broken folders are put right where that is safe; else the person is told what to do."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from embedded import CannotStart, services
from running.postgres import program
from tests.embedded.conftest import Owner

Own = Callable[..., Owner]
WITHOUT_NAMESPACES = [sys.executable, str(Path(__file__).with_name("without_namespaces.py"))]
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="about root's own difficulties")


def works(instance: Path) -> bool:
    with services(instance) as running, psycopg.connect(running.database_url) as connection:
        found = connection.execute("SELECT show_trgm('荆州') <> '{}'").fetchone()
        return found == (True,) and redis.from_url(running.redis_url).ping()


def test_a_start_that_broke_off_half_way_is_made_good(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    (instance / "pg.new").mkdir(parents=True)
    (instance / "pg.new" / "PG_VERSION").write_text("18\n")
    (instance / "pg").mkdir()
    (instance / "pg" / "base").mkdir()
    assert works(instance)
    assert [path.name[:14] for path in instance.glob("pg.*") if path.is_dir()] == ["pg.unfinished-"]


def test_a_cluster_without_its_roles_gets_them(instance: Path) -> None:
    (instance / "pg" / "yaoyue.furnished").unlink()
    with services(instance) as running, psycopg.connect(running.admin_url) as admin:
        admin.execute("DROP EXTENSION pg_trgm")
    (instance / "pg" / "yaoyue.furnished").unlink()
    assert works(instance)


def test_a_process_number_left_behind_by_another_machine_does_no_harm(instance: Path) -> None:
    pid = os.getppid()  # alive, and none of PostgreSQL's
    (instance / "pg" / "postmaster.pid").write_text(f"{pid}\n{instance}/pg\n0\n5432\n\n\n\n\n")
    (instance / "services.json").write_text('{"owner": 1, "sockets": "/tmp/yaoyue-gone"}')
    assert works(instance)


def test_a_queue_file_that_cannot_be_read_is_put_aside(instance: Path) -> None:
    for path in (instance / "valkey" / "appendonlydir").glob("*.incr.aof"):
        path.write_bytes(b"*3\r\nnot a command of any kind\r\n" * 100)
    assert works(instance)
    assert len(list(instance.glob("valkey.unreadable-*"))) == 1


def test_an_unwritable_folder_is_named(
    tmp_path: Path, own: Own, as_an_ordinary_user: list[str]
) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    refusal = own(folder / "instance", before=as_an_ordinary_user).told()["refusal"]
    assert refusal.startswith(f"Cannot write to {folder / 'instance'}: Permission denied.")
    assert "YAOYUE_INSTANCE" in refusal


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "instance").write_text("")
    with pytest.raises(CannotStart, match=r"Cannot write to .*instance: File exists"):
        services(tmp_path / "instance").__enter__()


def test_a_cluster_of_another_version_is_left_alone(instance: Path) -> None:
    (instance / "pg" / "PG_VERSION").write_text("17\n")
    with pytest.raises(CannotStart, match="made by PostgreSQL 17, and this is 18"):
        services(instance).__enter__()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder every account can reach, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def everybody_may_run(path: Path) -> bool:
    return all(place.stat().st_mode & 0o001 for place in (path, *path.parents))


@root_only
def test_root_in_somebodys_folder_works_as_that_somebody(open_folder: Path) -> None:
    somebody = 65534
    os.chown(open_folder, somebody, somebody)
    instance = open_folder / "instance"
    instance.mkdir()
    os.chown(instance, somebody, somebody)
    if not everybody_may_run(Path(program("postgres"))):
        with pytest.raises(CannotStart, match="Start this as an ordinary user"):
            services(instance).__enter__()
        return
    assert works(instance)
    assert {path.stat().st_uid for path in instance.iterdir()} == {somebody}


@root_only
def test_root_without_namespaces_borrows_an_account(open_folder: Path, own: Own) -> None:
    told = own(open_folder / "instance", before=WITHOUT_NAMESPACES).told()
    if everybody_may_run(Path(program("postgres"))):
        assert told["started"]
        assert (open_folder / "instance" / "pg").stat().st_uid != 0
    else:
        assert "allows no user namespaces" in told["refusal"]


@root_only
def test_an_instance_made_with_namespaces_starts_without(
    made: Path, open_folder: Path, own: Own
) -> None:
    shutil.copytree(made, open_folder / "instance")
    (open_folder / "instance").chmod(0o755)
    told = own(open_folder / "instance", before=WITHOUT_NAMESPACES).told()
    assert told.get("started") or not everybody_may_run(Path(program("postgres"))), told


def test_it_starts_from_a_program_that_is_no_more_than_its_own_folder(tmp_path: Path) -> None:
    """Nothing of the start depends on the working folder or on PATH."""
    script = "import sys; sys.path.insert(0, sys.argv[2]); from pathlib import Path; "
    script += "from embedded import services; s = services(Path(sys.argv[1])); s.__enter__(); "
    script += "s.__exit__(None, None, None)"
    room = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "instance"), room],
        check=False,
        cwd="/",
        env={},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
