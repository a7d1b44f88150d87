"""The room of the contracts, put together: its views, and what its parts hand in."""

from blueprints.contracts import (
    act_views,
    acting_views,
    cards,
    case_link,
    case_parts,
    clause_views,
    filing_views,
    habit_views,
    ladder_end,
    member_views,
    open_views,
    parts,
    prevailing_views,
    principal_views,
    registry_parts,
    telling,
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
