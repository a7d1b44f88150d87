"""The clock, for those who stand on this floor."""

from tenants.clock import ZONE, at, now, today

__all__ = ["ZONE", "at", "now", "today"]
