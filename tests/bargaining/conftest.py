"""The database as its superuser sees it, for what nobody else may look into."""

from tests.tenants.superuser import admin_url, superuser

__all__ = ["admin_url", "superuser"]
