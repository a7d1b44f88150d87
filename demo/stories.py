"""The stories that `yaoyue demo` plays, each in an instance of its own, with their figures."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import func, select

from blueprints.notices.models import Delivery, Notice
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.offers.ground.service_models import Feedback, Reply, ReplyKind
from demo.bargaining_story import BargainingStory
from demo.contract_story import ContractStory
from demo.exposure_story import FIRST_DAY, ExposureStory
from demo.federations import CITIES, City, open_federation
from demo.main_story import LEDGERS, MainStory
from demo.stage import Say, Stage, stage
from demo.supervisor_story import SupervisorStory
from tenants import trail
from tenants.db import db
from tenants.models import Event
from tenants.scope import tenant_scope

Figures = dict[str, Any]
ISSUED_ON = date(2026, 3, 2)  # a Monday; every figure of the story follows from it
LAST_DAY = 61


Steps = Sequence[tuple[str, Callable[[], object]]]


class Play(NamedTuple):
    """A story before it is played: its steps in words and deeds, and what is counted at its end."""

    steps: Steps
    figures: Callable[[], Figures]


def play(name: str, write: Callable[[Stage], Play], say: Say) -> Figures:
    """Play a story step by step; its figures, framed by its name and how long it took."""
    began = time.monotonic()
    with stage(say) as set_:
        steps, figures = write(set_)
        for words, step in steps:
            say(f"{words} …")
            step()
        told = figures()
    return {"story": name, **told, "seconds": round(time.monotonic() - began, 1)}


def main(set_: Stage) -> Play:
    """From the ledger to the feedback, then every job once more."""
    story = campaign(set_, CITIES[0], "jingzhou-enterprises.xlsx", ISSUED_ON)
    before: dict[str, int] = {}

    def once_more() -> None:
        before.update(footprint(set_, story))
        for _ in range(2):
            story.every_job(LAST_DAY)

    def figures() -> Figures:
        told = outcome(set_, story)
        after = footprint(set_, story)
        return {**told, "duplicates_on_rerun": sum(abs(after[k] - n) for k, n in before.items())}

    steps: Steps = (
        *issuing(story),
        ("The worker mails them", story.send_mail),
        ("Enterprises confirm receipt and reply", story.answer),
        ("Others are served by registered post", story.serve_on_paper),
        ("Weeks pass: reminders, lapses, feedback", story.let_time_pass),
        ("Every job runs twice more", once_more),
    )
    return Play(steps, figures)


def exposure(set_: Stage) -> Play:
    """The ladder and the exposure, after a campaign has run its time."""
    offers = campaign(set_, CITIES[1], "ordos-enterprises.csv", FIRST_DAY)
    story = ExposureStory(offers)
    steps: Steps = (
        *issuing(offers),
        ("The worker mails them", offers.send_mail),
        ("Enterprises confirm receipt and reply", partial(offers.answer, most=12)),
        ("Others are served by registered post", offers.serve_on_paper),
        ("Weeks pass: lapses and feedback", offers.let_time_pass),
        ("Four people are named who decide", story.people),
        ("Those who may not be touched are tried all the same", story.knock_at_every_gate),
        ("The silent ones are led up the ladder", story.climb),
        ("One is handed to the labour authority", story.hand_over),
        ("Checked, heard, decided", story.decide),
        ("Published, where nobody has answered", story.show),
        ("Time passes: replies, expiry, rechecks", story.let_time_pass),
    )
    return Play(steps, story.figures)


def bargaining(set_: Stage) -> Play:
    """From joined offers to a signature and a binder that is checked elsewhere."""
    offers = campaign(set_, CITIES[1], "ordos-enterprises.csv", FIRST_DAY)
    story = BargainingStory(offers, set_.mail.parent)
    first = (("workers", "position", 2400), ("employer", "counter", 2150))
    last = (("workers", "counter", 2300), ("employer", "agrees", 2260))
    steps: Steps = (
        *issuing(offers),
        ("The worker mails them", offers.send_mail),
        ("Enterprises confirm receipt and reply", partial(offers.answer, most=60)),
        ("Accepted offers are joined into one case", story.open),
        ("Both sides choose their representatives", story.choose_teams),
        ("They meet", partial(story.meet, 75, "双方交换意见", first)),
        ("They meet again and come to terms", partial(story.meet, 85, "岗位标准一致", last)),
        ("The text is written and fixed", partial(story.write, 86)),
        ("The congress votes it down", partial(story.lose_a_vote, 100)),
        ("It is amended", partial(story.write, 102, 60)),
        ("Each restaurant votes in secret", partial(story.vote_in_secret, 115)),
        ("Chiefs sign, restaurants seal", partial(story.sign, 117)),
        ("The binder is taken, copied and checked", story.bind),
    )
    return Play(steps, story.figures)


def contract(set_: Stage) -> Play:
    """A contract of an industry without a union: 上代下, silence, performance, forecast."""
    story = ContractStory(set_.app, open_federation(set_.app, CITIES[0]))
    steps: Steps = (
        ("Eight enterprises of a trade without a union are registered", story.register),
        ("The upper union tries to be the party in one of them", story.knock_at_the_enterprise),
        ("It is decided to act for the industry", story.act),
        ("The workers vote, both chiefs sign", story.sign),
        ("The contract is filed", story.file),
        ("Fifteen days pass in silence", story.wait),
        ("It is published to the workers", story.publish),
        ("Both sides check, and put right what was not kept", story.inspect),
        ("It is assessed", story.assess),
        ("The forecast finds its renewal", story.forecast),
    )
    return Play(steps, story.figures)


def supervisors(set_: Stage) -> Play:
    """A campaign's addressees given to supervisors: optimally, explained, applied as one act."""
    offers = campaign(set_, CITIES[1], "ordos-enterprises.csv", ISSUED_ON)
    story = SupervisorStory(offers)
    steps: Steps = (
        *issuing(offers),
        ("The roster is filled: areas, trades, certificates, ties", story.take_on),
        ("The assignment is worked out, and proven", story.plan),
        ("It is applied as one act; overlap and conflict are refused", story.apply),
        ("One enterprise is handed over, and accepted", story.hand_over),
    )
    return Play(steps, story.figures)


def campaign(set_: Stage, city: City, ledger: str, issued_on: date) -> MainStory:
    """A federation whose ledger is to be imported and offered to."""
    federation = open_federation(set_.app, city)
    return MainStory(set_.app, federation, city.slug, LEDGERS / ledger, issued_on, work=set_.work)


def issuing(story: MainStory) -> Steps:
    """How every campaign begins."""
    return (
        ("The ledger is imported", story.import_ledger),
        ("Unions and supervisors are entered", story.furnish_unions),
        ("The officer prepares the campaign", story.prepare),
        ("A leader approves, the offers are issued", story.approve_and_issue),
    )


STORIES: Mapping[str, Callable[[Say], Figures]] = {
    story.__name__: partial(play, story.__name__, story)
    for story in (main, exposure, bargaining, contract, supervisors)
}


def outcome(set_: Stage, story: MainStory) -> Figures:
    """What the books of the federation say at the end."""
    with set_.app.app_context(), tenant_scope(story.tenant_id):
        verdict = trail.verify()
        return {
            **story.figures,
            "mailed": count(Notice, Notice.kind == "offer", Notice.sent_at.is_not(None)),
            "served": count(Offer, Offer.served_on.is_not(None)),
            "accepted": count(
                Reply,
                Reply.replaced_at.is_(None),
                Reply.kind.in_((ReplyKind.ACCEPT, ReplyKind.ACCEPT_OTHER_DATE)),
            ),
            "refused": count(Reply, Reply.replaced_at.is_(None), Reply.kind == ReplyKind.REFUSE),
            "not_us": count(Reply, Reply.replaced_at.is_(None), Reply.kind == ReplyKind.NOT_US),
            "overdue": count(Offer, Offer.state == OfferState.OVERDUE),
            "never_served": count(Offer, Offer.served_on.is_(None)),
            "feedback": count(Feedback),
            "feedback_notices": count(
                Notice, Notice.subject_kind == "feedback", Notice.kind.in_(("feedback", "receipt"))
            ),
            "reminders": count(Notice, Notice.kind == "reminder"),
            "trail_events": verdict.events,
            "trail_ok": verdict.ok,
        }


def footprint(set_: Stage, story: MainStory) -> dict[str, int]:
    """How much there is of everything that a job could make twice."""
    with set_.app.app_context(), tenant_scope(story.tenant_id):
        return {
            "notices": count(Notice),
            "deliveries": count(Delivery),
            "feedback": count(Feedback),
            "events": count(Event),
            "mails": set_.mails(),
        }


def count(table: Any, *conditions: Any) -> int:
    query = select(func.count()).select_from(table).where(*conditions)
    return int(db.session.scalar(query) or 0)
