"""What the operator decides: addresses, secrets and folders, read from the environment."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One value per environment variable of the same name, in upper case.

    Raises pydantic's ValidationError naming the variable when a value cannot be read.
    """

    model_config = SettingsConfigDict(extra="ignore")

    database_url: str
    database_owner_url: str = ""
    redis_url: str
    secret_key: str = Field(min_length=16)
    instance: Path = Field(default=Path("instance"), validation_alias="YAOYUE_INSTANCE")
    base_url: str = "http://127.0.0.1:8000"
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 1025
    mail_from: str = "notices@yaoyue.example"
    demo_mode: bool = False
    behind_proxies: int = 0
    max_upload_bytes: int = 25 * 1024 * 1024
    font_dir: Path | None = None

    @property
    def secure(self) -> bool:
        """Whether people reach us over TLS, so that cookies may be kept to it."""
        return self.base_url.startswith("https://")


def sqlalchemy_url(url: str) -> str:
    """The same address with the driver named: `postgresql://` becomes psycopg 3."""
    head, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if head in {"postgres", "postgresql"} else url
