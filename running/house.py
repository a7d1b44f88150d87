"""Everything one instance needs around the application: its services, its secret, its tables."""

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

from embedded import Services, services, writable
from running.refusal import CannotStart

Say = Callable[[str], None]


@dataclass(frozen=True)
class House:
    """An instance whose services run; the environment names them for us and our children."""

    instance: Path
    services: Services

    def app(self) -> "Flask":
        """The application on these services."""
        from pydantic import ValidationError

        from wsgi import create_app

        try:
            return create_app()
        except ValidationError as error:
            wrong = error.errors()[0]
            name = str(wrong["loc"][0]).upper() if wrong["loc"] else "a setting"
            raise CannotStart(f"{name} cannot be used: {wrong['msg']}.") from None


def instance_folder() -> Path:
    """`instance/` where we stand, or what YAOYUE_INSTANCE says."""
    return Path(os.environ.get("YAOYUE_INSTANCE") or "instance").absolute()


@contextlib.contextmanager
def house(
    instance: Path, *, say: Say = lambda _: None, durable: bool = True, sharing: bool = True
) -> Iterator[House]:
    """Run, or share, the services that the environment does not name, and name them in it.

    The environment is put back at the end. Raises CannotStart.
    """
    given = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}
    instance = writable(instance)
    with (
        services(
            instance,
            postgres=not given["DATABASE_URL"],
            valkey=not given["REDIS_URL"],
            durable=durable,
            sharing=sharing,
            say=say,
        ) as running,
        environment(
            YAOYUE_INSTANCE=str(instance),
            SECRET_KEY=os.environ.get("SECRET_KEY") or secret_key(instance),
            DATABASE_URL=running.database_url or given["DATABASE_URL"],
            DATABASE_OWNER_URL=running.owner_url or os.environ.get("DATABASE_OWNER_URL", ""),
            REDIS_URL=running.redis_url or given["REDIS_URL"],
        ),
    ):
        yield House(instance, running)


@contextlib.contextmanager
def environment(**values: str) -> Iterator[None]:
    """Set variables of the environment for a while."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def secret_key(instance: Path) -> str:
    """The key this instance signs its sessions and links with, made once."""
    path = instance / "secret_key"
    new = instance / f"secret_key.{os.getpid()}"
    if not path.exists():
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(new)  # whoever comes first; never half a key
        new.unlink()
    return path.read_text()
