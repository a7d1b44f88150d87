"""The room of the contracts, put together: its views, and what its parts hand in."""

from blueprints.contracts.acting import principal_views
from blueprints.contracts.acting import views as acting_views
from blueprints.contracts.deeds import act_views
from blueprints.contracts.filing import telling
from blueprints.contracts.making import case_link, case_parts, case_texts
from blueprints.contracts.membership import ladder_end
from blueprints.contracts.register import (
    cards,
    clause_views,
    filing_views,
    habit_views,
    member_views,
    open_views,
    parts,
    prevailing_views,
    registry_parts,
    views,
)

bp = views.bp
acting = acting_views.bp
principal = principal_views.bp
open_contracts = open_views.bp
PARTS = (
    act_views,
    cards,
    case_link,
    case_parts,
    case_texts,
    clause_views,
    filing_views,
    habit_views,
    ladder_end,
    member_views,
    parts,
    prevailing_views,
    registry_parts,
    telling,
)
