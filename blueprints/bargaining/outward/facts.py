"""What meetings, drafts, votes and signatures know of a case, by the names of the conditions."""

from blueprints.bargaining.ballots import queries as ballots
from blueprints.bargaining.disputes.actions import disputes_of, period_over
from blueprints.bargaining.drafts import queries as drafts
from blueprints.bargaining.ground.clocks import DURATION, running
from blueprints.bargaining.ground.contributions import case_facts
from blueprints.bargaining.ground.draft_models import DraftState
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.signature_models import SigningState
from blueprints.bargaining.meetings import queries as meetings
from blueprints.bargaining.meetings.actions import chiefs_present
from blueprints.bargaining.signing import queries as signings
from tenants.clock import today


@case_facts
def of_the_table(case: BargainingCase) -> dict[str, bool]:
    """Only what is on record. What an act brings along itself (a date, a consent) is its own."""
    held = meetings.held(case.id)
    versions = drafts.drafts_of(case.id)
    agreed = next((one for one in versions if one.state == DraftState.AGREED), None)
    ballot = ballots.last_ballot(case.id)
    signing = signings.standing_signing(case.id)
    passed = ballot is not None and ballot.result == "passed"
    signed = signing is not None and signing.state == SigningState.SIGNED
    clock = running(case, DURATION)
    last = next(iter(disputes_of(case.id)), None)
    return {
        "both_chiefs_present": any(
            chiefs_present(meetings.attendance_of(one.id)) for one in held[-1:]
        ),
        "draft_frozen": agreed is not None,
        "floors_met": agreed is not None,  # below a floor nothing is agreed
        "chiefs_signed_minutes": agreed is not None,
        "papers_sent_in_time": ballot is not None and ballot.papers_sent_on is not None,
        "vote_passed_everywhere": passed,
        "vote_lost_somewhere": ballot is not None and ballot.result == "lost",
        "signed_text_is_voted_text": signing is not None and passed,
        "chiefs_signed_contract": signed,
        "coordination_applied": last is not None,
        "settlement_on_file": last is not None and last.settlement_id is not None,
        "settlement_period_ended": last is not None and period_over(last, today()),
        "bargaining_period_ended": clock is not None
        and max(clock.due_on, clock.longest_on or clock.due_on) < today(),
    }
