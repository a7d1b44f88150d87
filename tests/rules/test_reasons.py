import pytest

from rules.reasons import Group, NoSuchReason, reason, reasons, version


def test_every_reason_speaks_both_languages_and_belongs_to_its_group():
    prefixes = {
        Group.REFUSAL: "refusal", Group.LEFT_OUT_OF_SCOPE: "scope", Group.CONTACT_REPAIR: "contact",
        Group.SERVICE_FAILURE: "service", Group.EXPOSURE_EXCLUSION: "exposure",
    }  # fmt: skip
    for group in Group:
        for own in reasons(group):
            assert own.code.startswith(f"{prefixes[group]}.")
            assert all((own.label.zh, own.label.en, own.say.zh, own.say.en))


def test_there_are_seventy_three_reasons_and_no_code_twice():
    codes = [own.code for group in Group for own in reasons(group)]
    assert len(codes) == len(set(codes)) == 73
    assert version() == "2026-1"


def test_a_refusal_tells_the_reviewer_what_to_look_at():
    assert all(own.review for own in reasons(Group.REFUSAL))
    assert reason("refusal.capacity").label.zh == "经营困难"


def test_a_failed_contact_tells_what_to_do():
    assert all(own.advise for own in reasons(Group.CONTACT_REPAIR))


def test_an_unknown_code_is_not_a_reason():
    with pytest.raises(NoSuchReason):
        reason("refusal.because")
