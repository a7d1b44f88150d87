"""What a first start loads: three federations, one of them in the middle of a campaign."""

from collections.abc import Iterable
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from demo import federations
from demo.appraisal_story import AppraisalStory
from demo.contact_story import ContactStory
from demo.federations import CITIES, City, open_federation
from demo.main_story import LEDGERS, MainStory
from demo.survey_story import SurveyStory
from demo.under_way import UnderWay
from running.demo import DemoAccount
from tenants.clock import today
from tenants.db import db
from tenants.models import Tenant

ANSWERING = 72  # at the reply desk: enough to see every class, few enough for a quick start
DAYS_UNDER_WAY = 24  # far enough for replies, near enough for clocks that still run


def load(app: Flask) -> None:
    """Load all of it. A federation that is there already, after a break, is left as it is."""
    for city, fill in zip(CITIES, (jingzhou, ordos, hangzhou), strict=True):
        if not known(app, city):
            fill(app, city)


def accounts(app: Flask) -> Iterable[DemoAccount]:  # noqa: ARG001 - the seam asks for it
    return list(federations.accounts())


def known(app: Flask, city: City) -> bool:
    with app.app_context():
        return db.session.scalar(select(Tenant.id).where(Tenant.slug == city.slug)) is not None


def jingzhou(app: Flask, city: City) -> None:
    """A ledger of 3,700 enterprises, a double offer to hotels and restaurants, and every room."""
    story = MainStory(
        app,
        open_federation(app, city),
        city.slug,
        LEDGERS / "jingzhou-enterprises.xlsx",
        today() - timedelta(days=DAYS_UNDER_WAY),
    )
    furnish(story)


def furnish(story: MainStory) -> None:
    """Every room as it is in the fourth week of the campaign."""
    story.import_ledger()
    story.furnish_unions()
    story.spoil_an_address()
    story.prepare()
    story.approve_and_issue()
    story.send_mail()
    rooms = UnderWay(story, DAYS_UNDER_WAY)
    rooms.assign()
    story.answer(until=DAYS_UNDER_WAY, most=ANSWERING)
    story.serve_on_paper(until=DAYS_UNDER_WAY)
    story.let_time_pass(to=DAYS_UNDER_WAY)
    for step in (rooms.bargain, rooms.keep_a_contract, rooms.visit, rooms.press):
        step()
    SurveyStory(story, DAYS_UNDER_WAY).ask()
    AppraisalStory(story, DAYS_UNDER_WAY).play()
    ContactStory(story, DAYS_UNDER_WAY).play()
    story.send_mail(DAYS_UNDER_WAY)


def ordos(app: Flask, city: City) -> None:
    """Another ledger, and a campaign that waits for its leader."""
    story = MainStory(
        app,
        open_federation(app, city),
        city.slug,
        LEDGERS / "ordos-enterprises.csv",
        today() + timedelta(days=5),
    )
    story.import_ledger()
    story.furnish_unions()
    story.prepare()


def hangzhou(app: Flask, city: City) -> None:
    """A federation that has just begun: people and unions, and an empty register."""
    open_federation(app, city)
