from tests.mailroom import mailroom

__all__ = ["mailroom"]
