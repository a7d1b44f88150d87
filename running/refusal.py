"""Why something cannot be started here, in words for the person who asked for it."""


class CannotStart(Exception):
    """What is wrong and what to do about it. Shown as it is, without a traceback."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
