"""Writes docs/permissions.md out of the table: `python -m blueprints.shared.permissions_page`."""

from pathlib import Path

from tenants.roles import GRANTS, May, Role, Scope

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
MARKS = {
    Scope.ALL: "yes",
    Scope.PORTFOLIO: "own enterprises",
    Scope.SUBTREE: "own union and below",
    Scope.SHARED: "what is shared",
}
HEAD = """# Who may do what

Written from `tenants/roles.py` by `python -m blueprints.shared.permissions_page`; a test compares
the two. Every view names one of these permissions; a view that names none is closed.

- *yes*: all rows of the own federation.
- *own enterprises*: those assigned to this supervisor.
- *own union and below*: enterprises of the account's union and of the unions under it.
- *what is shared*: what the federation shares with its partners.

An officer may be bound to one area of the city. Then *yes* is what lies there, by
`tenants/within.py`, in every room; what is not wholly there is read, never changed; and what is
done for the whole federation at once (imports, appraisals, the sending of mail, the experts, the
weights) is not there for them.

Beside the table stands one rule of the row: whoever proposed a campaign cannot approve it.
"""


def page() -> str:
    """The whole page, as Markdown."""
    roles = list(Role)
    lines = [
        "| Permission | " + " | ".join(roles) + " |",
        "|---|" + "---|" * len(roles),
    ]
    for permission in May:
        if permission is May.ANYONE:
            continue
        scopes = [GRANTS[role].get(permission) for role in roles]
        cells = [MARKS[scope] if scope else "" for scope in scopes]
        lines.append(f"| `{permission}` | " + " | ".join(cells) + " |")
    return HEAD + "\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
