"""What happens when a step is asked for that the rules forbid."""

from rules.words import Text, same


class RuleBroken(Exception):
    """Says why the step may not be taken, and by which article.

    A form should have said so first.
    """

    def __init__(self, reason: Text | str, article: Text | str | None = None) -> None:
        self.text = same(reason)
        self.article = None if article is None else same(article)
        super().__init__(self.text.en)

    def in_(self, locale: object) -> str:
        """The reason in the reader's language."""
        return self.text.in_(locale)


class NoCalendar(RuleBroken):
    """Working days cannot be counted in a year whose holidays have not been published."""


class NoLaw(RuleBroken):
    """No rule with a value is known for this question, at this place, on this day."""
