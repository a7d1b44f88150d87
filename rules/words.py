"""A sentence in both languages, as the rules hand it out: no translation table stands behind it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The same sentence in Chinese and in English."""

    zh: str
    en: str

    def in_(self, locale: object) -> str:
        """The sentence for a locale such as `zh_CN` or `en`; anything not Chinese reads English."""
        return self.zh if str(locale).lower().startswith("zh") else self.en

    def __str__(self) -> str:
        return self.en

    def without_stop(self) -> Text:
        """For the middle of a letter's sentence, which goes on after it."""
        return Text(self.zh.rstrip("。 "), self.en.rstrip(". "))

    def to_json(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}

    @classmethod
    def from_json(cls, stored: dict[str, str]) -> Text:
        return cls(zh=stored["zh"], en=stored["en"])


def same(words: Text | str) -> Text:
    """A plain string stands for itself in both languages."""
    return words if isinstance(words, Text) else Text(zh=words, en=words)
