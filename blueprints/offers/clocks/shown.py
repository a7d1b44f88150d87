"""How a reply clock explains itself on a page: its rule, and its days week by week."""

from typing import Any

from flask import current_app, url_for

from blueprints.offers.ground.service_models import Deadline
from blueprints.rulebook import queries as rulebook
from blueprints.shared.charts import day_strip
from tenants.clock import today


def rule_url(clock: Deadline, endpoint: str = "rules.show") -> str:
    """The page of the rule the period was counted by, where the house has one."""
    known = endpoint in current_app.view_functions
    return url_for(endpoint, key=clock.rule_key) if known else ""


def days_of(clock: Deadline) -> list[Any]:
    """The calendar from service to the last day, week by week."""
    return day_strip(
        clock.anchor_on,
        clock.due_on,
        today(),
        works=rulebook.calendar().works,
        working=clock.derivation["unit"] == "working_day",
    )
