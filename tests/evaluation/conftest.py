"""What the tests of this room share: counting the statements of a page."""

from tests.contracts.conftest import count_queries

__all__ = ["count_queries"]
