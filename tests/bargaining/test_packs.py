"""Topic packs: complete, in both languages, and without a single figure of ours."""

import pytest

from blueprints.bargaining.ground import packs
from blueprints.registry.industries import divisions

EXPECTED = {
    "common", "catering", "hotel", "commerce", "auto-distribution", "textiles", "express",
    "trucking-platform", "construction", "industrial-park", "redeployment", "skilled-workers",
    "platform-algorithm", "women-workers",
}  # fmt: skip


def test_every_trade_and_situation_of_the_field_has_its_pack():
    assert set(packs.packs()) == EXPECTED
    assert sum(len(pack.clauses) for pack in packs.packs().values()) == len(packs.clauses()) == 146


@pytest.mark.parametrize("clause", packs.clauses().values(), ids=lambda clause: clause.id)
def test_a_clause_has_a_place_for_each_blank_and_fills_none_of_them(clause):
    places = [blank.name for _, blank in clause.parts() if blank]
    assert sorted(set(places)) == sorted(blank.name for blank in clause.blanks)
    assert "{{" not in clause.filled({})
    assert clause.filled({}).count("＿＿＿＿") == len(places)
    assert clause.kind.zh
    assert clause.kind.en
    assert clause.title.zh
    assert clause.title.en


def test_a_figure_that_comes_with_the_data_is_refused():
    with pytest.raises(ValueError, match="filled in already"):
        packs._blank({"name": "wage", "value": 2000, "kind": "quantity"})


def test_a_trade_finds_its_own_pack_first_and_a_park_finds_the_packs_of_parks():
    assert [pack.key for pack in packs.packs_for("62")] == ["catering", "common"]
    assert [pack.key for pack in packs.packs_for(None, regional=True)] == [
        "industrial-park", "common",
    ]  # fmt: skip


def test_packs_name_trades_that_there_are():
    named = {code for pack in packs.packs().values() for code in pack.industries}
    assert named <= set(divisions())


def test_a_bargained_figure_stands_in_its_place():
    clause = packs.clause("common.pay-day")
    assert "每月15日前" in clause.filled({"pay_day": "15"})


def test_what_no_pack_knows_is_said():
    with pytest.raises(packs.NoSuchPack):
        packs.clause("catering.nothing")
