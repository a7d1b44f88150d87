"""Letters filled with the examples that their texts declare."""

from dataclasses import replace
from typing import Any

from blueprints.notices.letters.check import check_code, fingerprint
from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.model import Check, Letter
from blueprints.notices.letters.texts import LetterText, letter_text, sample_values
from blueprints.notices.letters.values import Lang

ADDRESS = "https://yaoyue.example/jingzhou/check"


def sampled(
    text: LetterText | str, lang: Lang = "zh", *, own: dict[str, Any] | None = None, **how: Any
) -> Letter:
    """The text filled with its examples, and with `own` over them, carrying its check code."""
    text = letter_text(text) if isinstance(text, str) else text
    flags = how.pop("flags", text.conditions)
    letter = compose(text, {**sample_values(text, flags=flags), **(own or {})}, lang, **how)
    code = check_code(fingerprint(letter))
    return replace(letter, check=Check(f"{ADDRESS}/{code}", code))
