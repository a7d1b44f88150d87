"""An import goes down only."""

import pytest

from tests.architecture.tree import Module, modules

# The lowest first. Rooms on one floor do not know each other.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("rules",),
    ("tenants",),
    ("jobs.queue",),
    ("blueprints.shared",),
    ("blueprints.registry", "blueprints.reference", "blueprints.rulebook"),
    ("blueprints.notices",),
    ("blueprints.accounts", "blueprints.supervisors", "blueprints.mailbox"),
    ("blueprints.settings", "blueprints.offers"),
    ("blueprints.visits",),
    ("blueprints.appraisals",),
    ("blueprints.letters", "blueprints.delivery"),
    ("blueprints.exposures", "blueprints.bargaining"),
    ("blueprints.contracts",),
    ("blueprints.evaluation",),
    ("blueprints.statistics",),
    ("blueprints.portal", "blueprints.api", "blueprints.workbench"),
    ("jobs",),
    ("migrations",),
    ("wsgi",),
    ("jobs.worker",),
    ("running", "embedded"),
    ("demo",),
    ("commands",),
    ("cli",),
)
# Inside a large room too, the lowest first.
SHELVES = {
    "blueprints.offers": (
        "ground",
        "feedback",
        "campaigns",
        "service",
        "clocks",
        "replies",
        "register",
        "outward",
    ),
    "blueprints.bargaining": (
        "ground",
        "cases",
        "teams",
        "mandates",
        "demands",
        "activities",
        "information",
        "table",
        "meetings",
        "drafts",
        "ballots",
        "signing",
        "links",
        "disputes",
        "dossier",
        "outward",
    ),
    "blueprints.contracts": (
        "ground",
        "habits",
        "acting",
        "membership",
        "making",
        "papers",
        "filing",
        "register",
        "performance",
        "reports",
        "assessment",
        "forecast",
        "coverage",
        "imports",
        "deeds",
        "outward",
    ),
}
# One house of their own: the launcher's face and its parts.
TOGETHER = {frozenset({"running", "embedded"})}
FACES = ("views", "forms")


def floor_of(name: str) -> tuple[int, str]:
    """The floor and room of a module: the longest name that covers it."""
    best = (-1, "")
    for level, rooms in enumerate(FLOORS):
        for room in rooms:
            covers = name == room or name.startswith(f"{room}.")
            if covers and len(room) > len(best[1]):
                best = (level, room)
    return best


def test_every_module_has_a_floor():
    lost = [m.name for m in modules() if floor_of(m.name)[0] < 0 and m.name != "blueprints"]
    assert lost == []


def climbs(module: Module) -> list[str]:
    level, room = floor_of(module.name)
    found = []
    for asked in module.imports():
        other_level, other = floor_of(asked)
        if other == room or asked == "blueprints" or frozenset({room, other}) in TOGETHER:
            continue
        if other_level >= level:
            found.append(f"{module.name} → {asked}")
    return found


def test_imports_go_down_only():
    assert [line for module in modules() for line in climbs(module)] == []


@pytest.mark.parametrize("room", SHELVES)
def test_inside_a_large_room_imports_go_down_too(room):
    """What lies beside its shelves puts them together and is imported by nobody in the room."""
    order = {name: level for level, name in enumerate(SHELVES[room])}
    shelf = {m.name: m.name.removeprefix(f"{room}.").split(".")[0] for m in modules()}
    inside = [m for m in modules() if m.name.startswith(f"{room}.")]
    lost = {shelf[m.name] for m in inside} - order.keys() - {"room"}
    assert lost == set()
    climbing = [
        f"{module.name} → {asked}"
        for module in inside
        for asked in module.imports()
        if asked.startswith(f"{room}.")
        and order.get(shelf[asked], len(order)) > order.get(shelf[module.name], len(order))
    ]
    assert climbing == []


def test_no_room_looks_at_anothers_views_or_forms():
    """A room uses another's models, queries and actions, never its face."""
    found = []
    for module in modules():
        _, room = floor_of(module.name)
        if not room.startswith("blueprints."):
            continue
        for asked in module.imports():
            _, other = floor_of(asked)
            last = asked.rpartition(".")[2]
            face = last in FACES or last.endswith(tuple(f"_{face}" for face in FACES))
            if (
                other.startswith("blueprints.")
                and face
                and other not in {room, "blueprints.shared"}
            ):
                found.append(f"{module.name} → {asked}")
    assert found == []


@pytest.mark.parametrize("kind", ["actions", "queries"])
def test_verbs_and_reads_know_neither_request_nor_commit(kind):
    """The view commits, and only the view knows that there was a request."""
    found = []
    for module in modules():
        last = module.name.rpartition(".")[2]
        if not module.name.startswith("blueprints.") or not (
            last == kind or last.endswith(f"_{kind}")
        ):
            continue
        if any(True for _ in module.calls("commit")):
            found.append(f"{module.name} commits")
        for asked in ("from flask import", "from htmx_flask import"):
            lines = [line for line in module.source.splitlines() if line.startswith(asked)]
            found += [f"{module.name}: {line}" for line in lines if "request" in line]
    assert found == []


def test_the_ground_floor_is_pure():
    """The law knows no web, no database, no clock and no catalogue of words."""
    forbidden = {"flask", "sqlalchemy", "flask_babel", "redis", "rq", "tenants", "blueprints"}
    found = []
    for module in modules():
        if not module.name.startswith("rules"):
            continue
        for line in module.source.splitlines():
            words = line.split()
            if words[:1] in (["import"], ["from"]) and words[1].split(".")[0] in forbidden:
                found.append(f"{module.name}: {line}")
        clock = [call for call in module.calls("now", "today", "utcnow") if not call.args]
        if clock:
            found.append(f"{module.name} asks the clock")
    assert found == []


def test_no_circle_of_modules():
    """Inside a room too: what imports each other cannot be read one after the other."""
    asked = {m.name: {a for a in m.imports(running=True) if a != m.name} for m in modules()}
    open_, done, circles = [], set(), []

    def walk(name):
        if name in open_:
            circles.append(" → ".join([*open_[open_.index(name) :], name]))
        elif name not in done:
            open_.append(name)
            for other in sorted(asked.get(name, ())):
                walk(other)
            done.add(open_.pop())

    for name in sorted(asked):
        walk(name)
    assert circles == []
