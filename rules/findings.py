"""What a check found: a sentence, the article behind it, and whether it stops the step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.broken import RuleBroken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rules.words import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as the rule wants it. `blocks` is False for a mere warning."""

    text: Text
    article: Text | None
    subject: str = ""
    blocks: bool = True


def require(findings: Iterable[Finding]) -> None:
    """Refuse the step for the first finding that blocks it."""
    for finding in findings:
        if finding.blocks:
            raise RuleBroken(finding.text, finding.article)
