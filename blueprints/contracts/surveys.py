"""What surveys say of a contract. The room of the surveys stands above this one and hands it in.

Until it does, or where nobody was asked, there is nothing, and what is reckoned from it says so.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Surveyed:
    """Three rates as shares of one, each its own figure, and how many answered."""

    awareness: float
    participation: float
    satisfaction: float
    answers: int
    version: str  # of the instrument


Survey = Callable[[int], Surveyed | None]
_asked: list[Survey] = []


def surveys(ask: Survey) -> Survey:
    """Hand in what is known of a contract by its id; the last one handed in answers."""
    _asked[:] = [ask]
    return ask


def survey_of(contract_id: int) -> Surveyed | None:
    return _asked[0](contract_id) if _asked else None
