"""Telling how far a long job has come, on a connection of its own, so that it can be seen now."""

from typing import Any

from sqlalchemy import func, select, true, update

from tenants.db import TenantOwned, db


class Beside:
    """Writes to the row of a job, and commits, while the job's own transaction is still open.

    The job itself must not have touched that row yet, or the two would wait for each other.
    """

    def __init__(self, model: type[TenantOwned], tenant_id: int, row_id: int) -> None:
        self.tenant_id = str(tenant_id)
        self.statement = update(model).where(model.tenant_id == tenant_id, model.id == row_id)

    def say(self, **values: Any) -> None:
        with db.engine.begin() as connection:
            connection.execute(select(func.set_config("app.tenant_id", self.tenant_id, true())))
            connection.execute(self.statement.values(values))
