"""Who signs and who is bound: the upper union last, enterprises by the mode of the place, live."""

from datetime import date

import pytest

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.meeting_models import SigningMethod
from blueprints.bargaining.ground.signature_models import Party, SealBasis
from blueprints.bargaining.information import commitments
from blueprints.bargaining.signing import actions as signings
from blueprints.bargaining.signing import queries as signing_queries
from blueprints.bargaining.signing.actions import Act, Name
from blueprints.contracts.ground.queries import covered
from blueprints.offers.ground.models import ActingMode
from blueprints.registry.union_actions import found_union
from rules.binding import Mode
from rules.broken import RuleBroken
from tenants.db import db
from tests.bargaining.table_world import SIGNED, Table, scan, table, voting
from tests.bargaining.world import OPENED, WHEN, by_hand
from tests.world import found

UPPER = Name(Party.UPPER, SigningMethod.SCAN, date(2026, 5, 20), name="郑某某", title="主席")


def upper(federation) -> int:
    """The sector union of the trade."""
    with federation.scope(at=WHEN):
        union = found_union({"name": "示范市餐饮行业工会联合会", "level": "sector",
                             "industry": "62", "standing": "able"})  # fmt: skip
        db.session.commit()
        return union.id


def passed(case: Table) -> Table:
    return case.meet().write().agree().convene().count()


def signing_of(case: Table):
    return signing_queries.standing_signing(case.case_id)


def test_the_upper_union_signs_after_both_chiefs_and_without_it_nothing_is_signed(ours):
    case = table(ours, acting_mode=ActingMode.UPPER_ACTS, upper_union_id=upper(ours))
    passed(case).sign(Party.WORKERS)
    with case.at(SIGNED):
        with pytest.raises(RuleBroken, match="after both chiefs"):
            signings.sign(case.case, signing_of(case), UPPER)
        db.session.rollback()
    case.sign(Party.EMPLOYER)
    assert case.state() == "voting"
    with case.at(SIGNED):
        assert signing_queries.unmet(signing_of(case)) == ["upper_union"]


def test_within_an_enterprise_the_trace_file_asks_for_no_name_of_the_upper_union(ours, as_):
    own = by_hand(
        ours, acting_mode=ActingMode.UPPER_ACTS, upper_union_id=upper(ours), agreed_on=OPENED
    )
    case = passed(Table(ours, own.id).seat()).sign(Party.WORKERS)
    page = as_(ours.officer).get(ours.url(f"/cases/{case.case_id}/trace")).text
    assert "Signature of the employers&#39; chief" in page
    assert "Signature of the upper union" not in page


@pytest.mark.parametrize(
    ("division", "mode", "bound"),
    [
        ("330100", Mode.ALL_IN_SCOPE, (5, 5, 5)),
        ("310100", Mode.RECOGNISING_ONLY, (0, 1, 2)),
        ("370100", Mode.STAMPED_ONLY, (0, 0, 1)),
    ],
)
def test_the_matrix_counts_whom_the_place_binds_with_each_act(app, division, mode, bound):
    case = table(found(app, division=division)).meet().write()
    with case.at(SIGNED):
        case.agree()
    case.convene().count()
    with case.at(SIGNED):
        signings.begin(case.case, term_from=date(2026, 7, 1), term_to=date(2027, 6, 30))
        db.session.flush()
        signing = signing_of(case)
        rows = queries.enterprises_of(case.case_id)
        counts = [signing_queries.coverage_of(case.case, signing).bound_enterprises]
        for part, basis in ((rows[0], SealBasis.RECOGNISED), (rows[1], SealBasis.SEALED)):
            document = scan(basis) if basis == SealBasis.SEALED else None
            method = SigningMethod.SCAN if document else SigningMethod.LINK
            signings.seal(case.case, signing, Act(
                part.enterprise_id, basis, method, date(2026, 5, 20), "店长",
                document_id=document,
            ))  # fmt: skip
            counts.append(signing_queries.coverage_of(case.case, signing).bound_enterprises)
        live = signing_queries.coverage_of(case.case, signing)
        workers = sum(line.part.headcount or 0 for line in live.lines if line.bound)
        assert live.bound_workers == workers
        db.session.rollback()
    assert live.mode is mode
    assert tuple(counts) == bound


def test_who_may_vote_is_fixed_once_voting_has_begun(ours):
    case = voting(ours)
    case.open()
    with case.at("2026-05-18"):
        assert case.ballot().frozen_at is not None
        with pytest.raises(Exception, match="frozen"):
            db.session.execute(
                db.text("UPDATE voting_unit SET electorate = 10 WHERE id = :id"),
                {"id": case.unit().id},
            )
        db.session.rollback()


def test_a_commitment_covers_nobody_and_signs_nothing(ours):
    case = by_hand(ours, agreed_on=OPENED)
    with ours.scope():
        kept = queries.get_case(case.id, lock=True)
        before = kept.state
        commitments.commit(
            kept,
            {"workers_name": "工会", "employer_name": "企业", "matters": "工资",
             "signed_on": date(2026, 3, 20), "bargain_by": None, "ends_on": date(2026, 12, 31)},
            scan_id=None, by_id=ours.officer.id,
        )  # fmt: skip
        db.session.commit()
        counted = covered(date(2026, 6, 1))
        assert (counted.contracts, counted.enterprises, counted.workers) == (0, 0, 0)
        assert queries.get_case(case.id).state == before
        assert signing_queries.standing_signing(case.id) is None
