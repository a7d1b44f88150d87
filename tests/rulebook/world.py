"""What a person types into the form that confirms a rule."""

from typing import Any


def typed(**changes: Any) -> dict[str, Any]:
    """Ten working days to answer an offer, as read in an invented local regulation."""
    return {
        "kind": "any", "value": "10", "unit": "working_day", "operator": "≤",
        "anchor": "offer_received", "direction": "after", "article": "第21条",
        "source_title": "示范市集体协商办法", "text_zh": "收到要约后10个工作日内书面答复。",
        "text_en": "An answer in writing within 10 working days.", "verified_by": "法律顾问 林某某",
        "verified_on": "2026-03-01", "valid_from": "2026-01-01", "valid_to": "", **changes,
    }  # fmt: skip
