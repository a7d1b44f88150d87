"""The stories that `yaoyue demo` plays, each in an instance of its own, with their figures."""

import time
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import func, select

from blueprints.notices.models import Delivery, Notice
from blueprints.offers.models import Offer, OfferState
from blueprints.offers.service_models import Feedback, Reply, ReplyKind
from demo.bargaining_story import BargainingStory
from demo.contract_story import ContractStory
from demo.exposure_story import FIRST_DAY, ExposureStory
from demo.federations import CITIES, open_federation
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


def main(say: Say) -> Figures:
    """From the ledger to the feedback, then every job once more."""
    began = time.monotonic()
    with stage(say) as set_:
        story = MainStory(
            set_.app,
            open_federation(set_.app, CITIES[0]),
            CITIES[0].slug,
            LEDGERS / "jingzhou-enterprises.xlsx",
            ISSUED_ON,
            work=set_.work,
        )
        for words, step in (
            ("The ledger is imported", story.import_ledger),
            ("Unions and supervisors are entered", story.furnish_unions),
            ("The officer prepares the campaign", story.prepare),
            ("A leader approves, the offers are issued", story.approve_and_issue),
            ("The worker mails them", story.send_mail),
            ("Enterprises confirm receipt and reply", story.answer),
            ("Others are served by registered post", story.serve_on_paper),
            ("Weeks pass: reminders, lapses, feedback", story.let_time_pass),
        ):
            say(f"{words} …")
            step()
        before = footprint(set_, story)
        say("Every job runs twice more …")
        for _ in range(2):
            story.every_job(LAST_DAY)
        figures = outcome(set_, story)
        figures["duplicates_on_rerun"] = sum(
            abs(after - before[name]) for name, after in footprint(set_, story).items()
        )
    return {"story": "main", **figures, "seconds": round(time.monotonic() - began, 1)}


def exposure(say: Say) -> Figures:
    """The ladder and the exposure, after a campaign has run its time."""
    began = time.monotonic()
    with stage(say) as set_:
        main_story = MainStory(
            set_.app,
            open_federation(set_.app, CITIES[1]),
            CITIES[1].slug,
            LEDGERS / "ordos-enterprises.csv",
            FIRST_DAY,
            work=set_.work,
        )
        story = ExposureStory(main_story)
        for words, step in (
            ("The ledger is imported", main_story.import_ledger),
            ("Unions and supervisors are entered", main_story.furnish_unions),
            ("The officer prepares the campaign", main_story.prepare),
            ("A leader approves, the offers are issued", main_story.approve_and_issue),
            ("The worker mails them", main_story.send_mail),
            ("Enterprises confirm receipt and reply", partial(main_story.answer, most=12)),
            ("Others are served by registered post", main_story.serve_on_paper),
            ("Weeks pass: lapses and feedback", main_story.let_time_pass),
            ("Four people are named who decide", story.people),
            ("Those who may not be touched are tried all the same", story.knock_at_every_gate),
            ("The silent ones are led up the ladder", story.climb),
            ("One is handed to the labour authority", story.hand_over),
            ("Checked, heard, decided", story.decide),
            ("Published, where nobody has answered", story.show),
            ("Time passes: replies, expiry, rechecks", story.let_time_pass),
        ):
            say(f"{words} …")
            step()
        figures = story.figures()
    return {"story": "exposure", **figures, "seconds": round(time.monotonic() - began, 1)}


def bargaining(say: Say) -> Figures:
    """From joined offers to a signature and a binder that is checked elsewhere."""
    began = time.monotonic()
    with stage(say) as set_:
        main_story = MainStory(
            set_.app,
            open_federation(set_.app, CITIES[1]),
            CITIES[1].slug,
            LEDGERS / "ordos-enterprises.csv",
            FIRST_DAY,
            work=set_.work,
        )
        story = BargainingStory(main_story, set_.mail.parent)
        first = (("workers", "position", 2400), ("employer", "counter", 2150))
        last = (("workers", "counter", 2300), ("employer", "agrees", 2260))
        for words, step in (
            ("The ledger is imported", main_story.import_ledger),
            ("Unions and supervisors are entered", main_story.furnish_unions),
            ("The officer prepares the campaign", main_story.prepare),
            ("A leader approves, the offers are issued", main_story.approve_and_issue),
            ("The worker mails them", main_story.send_mail),
            ("Enterprises confirm receipt and reply", partial(main_story.answer, most=60)),
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
        ):
            say(f"{words} …")
            step()
        figures = story.figures()
    return {"story": "bargaining", **figures, "seconds": round(time.monotonic() - began, 1)}


def contract(say: Say) -> Figures:
    """A contract of an industry without a union: 上代下, silence, performance, forecast."""
    began = time.monotonic()
    with stage(say) as set_:
        story = ContractStory(set_.app, open_federation(set_.app, CITIES[0]))
        for words, step in (
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
        ):
            say(f"{words} …")
            step()
        figures = story.figures()
    return {"story": "contract", **figures, "seconds": round(time.monotonic() - began, 1)}


def supervisors(say: Say) -> Figures:
    """A campaign's addressees given to supervisors: optimally, explained, applied as one act."""
    began = time.monotonic()
    with stage(say) as set_:
        main_story = MainStory(
            set_.app,
            open_federation(set_.app, CITIES[1]),
            CITIES[1].slug,
            LEDGERS / "ordos-enterprises.csv",
            ISSUED_ON,
            work=set_.work,
        )
        story = SupervisorStory(main_story)
        for words, step in (
            ("The ledger is imported", main_story.import_ledger),
            ("Unions and supervisors are entered", main_story.furnish_unions),
            ("The officer prepares the campaign", main_story.prepare),
            ("A leader approves, the offers are issued", main_story.approve_and_issue),
            ("The roster is filled: areas, trades, certificates, ties", story.take_on),
            ("The assignment is worked out, and proven", story.plan),
            ("It is applied as one act; overlap and conflict are refused", story.apply),
            ("One enterprise is handed over, and accepted", story.hand_over),
        ):
            say(f"{words} …")
            step()
        figures = story.figures()
    return {"story": "supervisors", **figures, "seconds": round(time.monotonic() - began, 1)}


STORIES: Mapping[str, Callable[[Say], Figures]] = {
    "main": main,
    "exposure": exposure,
    "bargaining": bargaining,
    "contract": contract,
    "supervisors": supervisors,
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
