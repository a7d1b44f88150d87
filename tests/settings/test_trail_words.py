"""Every verb that is written has words to be read in."""

import re
from pathlib import Path

from blueprints.shared.trail.words import VERBS, payload_words, verb_words

HOUSE = Path(__file__).parents[2]
WRITTEN = re.compile(r"""\brecord(?:_many)?\(\s*"([a-z_]+\.[a-z_]+)\"""")


def verbs_in(room):
    for path in (HOUSE / room).rglob("*.py"):
        yield from WRITTEN.findall(path.read_text(encoding="utf-8"))


def test_every_verb_has_words():
    written = {verb for room in ("blueprints", "tenants", "jobs") for verb in verbs_in(room)}
    assert len(written) > 20
    assert sorted(written - VERBS.keys()) == []


def test_a_verb_of_an_older_day_stands_for_itself():
    assert verb_words("case.opened_again") == "case: opened again"


def test_what_changed_is_said_in_a_line(app):
    with app.test_request_context(headers={"Cookie": "language=en"}):
        payload = {
            "changed": {"role": ["officer", "auditor"], "phone": [None, "1"]},
            "ids": [1, 2, 3, 4, 5, 6],
            "nothing": None,
            "fate": {"code": 550},
        }
        line = payload_words(payload)
        assert line == (
            "Role: Officer → Auditor; Telephone: — → 1; ids: 1, 2, 3, 4, 5…; fate: Code 550"
        )
        assert len(payload_words({"text": "x" * 500})) == 200
