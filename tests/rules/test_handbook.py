"""The page about the procedure says what the machines say."""

from xml.etree import ElementTree as ET

import pytest

from rules.diagrams import common
from rules.handbook import DOCS, diagrams, page, write
from rules.procedure import machines

REGENERATE = "docs/procedure is out of date: run `python -m rules.handbook`"


def test_the_page_and_the_diagrams_are_those_of_the_machines():
    assert (DOCS / "procedure.md").read_text(encoding="utf-8") == page(), REGENERATE
    kept = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "procedure").iterdir()}
    assert kept == diagrams(), REGENERATE


def test_writing_twice_changes_nothing(tmp_path):
    write(tmp_path)
    first = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}
    write(tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*")} == first
    assert len(first) == len(machines()) + 1


@pytest.mark.parametrize("name", sorted(machines()))
def test_a_diagram_shows_every_state_and_every_step_as_a_line_or_a_note(name):
    machine = machines()[name]
    drawing = ET.fromstring(diagrams()[f"{name}.svg"])
    svg = "{http://www.w3.org/2000/svg}"
    words = [text.text for text in drawing.iter(f"{svg}text")]
    for state in machine.states.values():
        assert state.label.zh in words
        assert state.label.en in words
    noted = {(target, event) for target, events in common(machine).items() for event in events}
    drawn = {(s.state, s.next) for s in machine.steps if (s.next, s.event) not in noted}
    assert len(drawing.findall(f"{svg}path")) == len(drawn)
    for _, event in noted:
        assert any(machine.events[event].zh in word for word in words)


def test_the_page_names_every_state_and_act():
    written = page()
    for machine in machines().values():
        for name in (*machine.states, *machine.events):
            assert f"`{name}`" in written
