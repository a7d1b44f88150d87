"""docs/permissions.md is the table, and nothing else."""

from blueprints.shared.permissions_page import PAGE, page


def test_the_written_page_is_the_table():
    assert PAGE.read_text(encoding="utf-8") == page()
