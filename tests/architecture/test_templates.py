"""What stands in a template, before anybody renders it."""

import re

import pytest

from tests.architecture.tree import modules, strings, templates

NAMES = sorted(templates())
_USED = re.compile(r"""{%-?\s*(?:include|import|from|extends)\s+(.+?)%}""", re.DOTALL)
_QUOTED = re.compile(r"""["']([\w/.-]+\.html)["']""")


def referred():
    """Every template that another one, or a module, names."""
    found = set()
    for source in templates().values():
        for clause in _USED.findall(source):
            found |= set(_QUOTED.findall(clause))
    for module in modules():
        found |= {text for text in strings(module) if text.endswith(".html")}
    return found


def test_every_template_is_included_or_rendered():
    assert set(NAMES) - referred() == set()


def test_every_template_that_is_named_exists():
    assert referred() - set(NAMES) == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_template_carries_no_style_and_no_script_of_its_own(name):
    source = re.sub(r"{#.*?#}", "", templates()[name], flags=re.DOTALL)
    assert (
        re.findall(r"<[a-z][^>]*\sstyle\s*=", re.sub(r"{%.*?%}", "", source, flags=re.DOTALL)) == []
    )
    assert re.findall(r"<[^>{]*\s(on[a-z]+|hx-on[\w:.-]*)\s*=", source) == []
    assert re.findall(r"<style\b", source) == []
    assert re.findall(r"javascript:", source) == []
    bodies = re.findall(r"<script\b[^>]*>(.*?)</script>", source, re.DOTALL)
    assert [body for body in bodies if body.strip()] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_template_loads_nothing_from_elsewhere(name):
    source = templates()[name]
    asked = re.findall(r"""(?:src|srcset|href|action)\s*=\s*["'](https?:)?//[^"']*""", source)
    assert asked == []


@pytest.mark.parametrize("name", [n for n in NAMES if n.rpartition("/")[2].startswith("_")])
def test_a_fragment_extends_nothing(name):
    """It is a part of a page, and the page includes it: one source for both."""
    assert "{% extends" not in templates()[name]


def test_text_is_marked_safe_only_where_it_was_made_so():
    """`|safe` opens a door to whoever typed the text; each one is named here with its reason."""
    opened = {name for name, source in templates().items() if re.search(r"\|\s*safe\b", source)}
    assert opened == set(SAFE), "say why, or take it away"


SAFE = {
    "campaigns/show.html": "a link around a translated sentence; the address is url_for's",
    "components.html": "the gallery of parts: every word in it is ours",
    "registry/_list.html": "three numbers, formatted by us, inside a translated sentence",
}
