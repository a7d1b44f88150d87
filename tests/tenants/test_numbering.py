"""Document numbers: no gap, no double, whoever asks at the same time."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from tenants import numbering
from tenants.db import db
from tenants.federation import this_federation
from tenants.scope import NoTenant


def test_twenty_hands_at_once_get_each_number_once(ours):
    def work(number: int) -> list[int]:
        dice, kept = random.Random(number), []
        for _ in range(6):
            with ours.scope():
                taken = list(numbering.take("offer", 2026, dice.randint(1, 4)))
                if dice.random() < 0.3:
                    db.session.rollback()  # gives them back
                else:
                    db.session.commit()
                    kept += taken
        return kept

    with ThreadPoolExecutor(20) as pool:
        given = sorted(number for kept in pool.map(work, range(20)) for number in kept)
    assert given == list(range(1, len(given) + 1))
    assert len(given) > 100


def test_each_kind_year_and_federation_has_a_series_of_its_own(ours, theirs):
    def take(federation, kind, year):
        with federation.scope():
            (number,) = numbering.take(kind, year)
            db.session.commit()
            return number

    assert [take(ours, "offer", 2026) for _ in range(3)] == [1, 2, 3]
    assert take(ours, "feedback", 2026) == 1
    assert take(ours, "offer", 2027) == 1
    assert take(theirs, "offer", 2026) == 1


@pytest.mark.parametrize("count", [0, -1])
def test_at_least_one_number_must_be_taken(ours, count):
    with ours.scope(), pytest.raises(ValueError, match="At least one"):
        numbering.take("offer", 2026, count)


def test_a_number_is_written_as_the_standard_for_documents_has_it(ours):
    with ours.scope():
        assert numbering.document_number("offer", 2026, 17) == "示工约〔2026〕17号"
        assert numbering.document_number("feedback", 2026, 1) == "示工馈〔2026〕1号"
        assert numbering.document_number("unheard-of", 2026, 1) == "示工〔2026〕1号"


def test_a_federation_may_choose_its_own_characters(ours):
    with ours.scope():
        this_federation().settings = {"number_stems": {"offer": "示集协"}}
        db.session.commit()
    with ours.scope():
        assert numbering.document_number("offer", 2026, 3) == "示集协〔2026〕3号"
        assert numbering.document_number("letter", 2026, 3) == "示工函〔2026〕3号"


def test_outside_a_federation_no_number_is_given(app):
    with app.app_context(), pytest.raises(NoTenant):
        numbering.take("offer", 2026)
