"""The federation's own measure: it lengthens periods and shortens announcements, never else."""

import pytest

from blueprints.exposures import measure, periods
from tenants.clock import today
from tests.exposures.world import Silent

SAID = {
    "title": "集体协商要约程序事实公开办法", "document_no": "示工发〔2025〕3号", "max_days": "30",
    "exposure_right_of_reply_days": "10", "highest_channel": "media",
    "media": "示范晚报 news@paper.example\n示范电视台, tv@station.example", "tell_partners": "y",
}  # fmt: skip


@pytest.fixture
def page(ours, as_):
    def send(user=None, **data):
        return as_(user or ours.administrator).post(ours.url("/exposures/measure"), data=data)

    return send


def test_it_is_set_by_an_administrator_and_cited_from_then_on(ours, page, as_):
    assert page(**SAID).status_code == 303
    with ours.scope():
        kept = measure.kept()
        assert (kept.title, kept.max_days) == (SAID["title"], 30)
        assert [one.name for one in kept.media] == ["示范晚报", "示范电视台"]
        assert SAID["title"] in periods.measure().zh
        assert SAID["document_no"] in periods.measure().zh
        assert periods.term(periods.RIGHT_OF_REPLY, today()).period.length == 10
        assert periods.longest_shown() == 30
    shown = as_(ours.auditor).get(ours.url("/exposures/measure")).text
    assert SAID["title"] in shown
    assert "Set the measure" not in shown
    assert "changed the measure on exposure" in shown


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"exposure_right_of_reply_days": "3"}, "Not shorter than"),
        ({"exposure_objection_decide_days": "9"}, "Not longer than"),
        ({"max_days": "400"}, "between 1 and 90"),
        ({"media": "示范晚报"}, "write the name, then the address"),
        ({"highest_channel": "street"}, "Not a valid choice"),
    ],
)
def test_it_can_shorten_nothing_and_every_error_stands_beside_its_field(ours, page, wrong, says):
    answer = page(**SAID | wrong)
    assert answer.status_code == 422
    assert says in answer.text
    assert SAID["title"] in answer.text
    with ours.scope():
        assert measure.kept().title is None


def test_only_an_administrator_sets_it(ours, page):
    assert page(ours.officer, **SAID).status_code == 403


def test_a_lower_channel_is_the_highest_that_can_be_proposed(ours, page):
    page(**SAID | {"highest_channel": "circular"})
    silent = Silent(ours)
    silent.lapse()
    silent.climb()
    with pytest.raises(Exception, match="channel"):
        silent.propose()


def test_what_is_taken_out_is_gone(ours, page):
    page(**SAID)
    page(**SAID | {"exposure_right_of_reply_days": "", "title": ""})
    with ours.scope():
        assert periods.term(periods.RIGHT_OF_REPLY, today()).period.length == 5
        assert measure.kept().title is None
