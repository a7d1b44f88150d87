"""All views of an account, gathered for the application."""

from blueprints.accounts import door_views, link_views, profile_views
from blueprints.accounts.room import bp

__all__ = ["bp", "door_views", "link_views", "profile_views"]
