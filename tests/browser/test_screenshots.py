"""The pictures of the README, taken from the demonstration on a day that does not change.

They go into docs/screenshots when SCREENSHOTS is set, and are thrown away otherwise: what is
tested is that the demonstration shows what the README says.
"""

import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from blueprints.bargaining.ground.models import BargainingCase
from blueprints.contracts.ground.models import Contract
from blueprints.offers.ground.models import Offer, OfferState, ReplyLink
from blueprints.supervisors.plan_models import AssignmentPlan
from demo.federations import City, open_federation
from demo.main_story import LEDGERS, MainStory
from demo.seed import DAYS_UNDER_WAY, furnish
from running.mail_catcher import mail_catcher
from tenants.clock import ZONE
from tenants.clock import at as clock_at
from tenants.db import db
from tenants.models import User
from tenants.scope import tenant_scope
from tests.browser.conftest import NARROW, WIDE
from tests.offers import campaign_world as town
from tests.offers.world import instant

pytestmark = pytest.mark.browser
CITY = City(
    "pictures", "荆州市总工会", "Jingzhou Federation of Trade Unions", "荆工", "421000",
    "0716-0000000", "荆州市示范路1号（演示）",
)  # fmt: skip
ISSUED_ON = date(2026, 11, 3)
MOMENT = datetime(2026, 11, 3, 9, 30, tzinfo=ZONE) + timedelta(days=DAYS_UNDER_WAY)
HERE = Path(__file__).parents[2] / "docs" / "screenshots"


@pytest.fixture(scope="module")
def post(app, tmp_path_factory):
    """A server that takes the demonstration's mails in."""
    before = app.extensions["settings"]
    with mail_catcher(tmp_path_factory.mktemp("mail")) as port:
        app.extensions["settings"] = before.model_copy(update={"smtp_port": port})
        yield
        app.extensions["settings"] = before


@pytest.fixture(scope="module")
def story(app, post):
    """The demonstration as a first start furnishes it, in the fourth week of its campaign."""
    with clock_at(MOMENT):
        federation = open_federation(app, CITY)
        ledger = LEDGERS / "jingzhou-enterprises.xlsx"
        played = MainStory(app, federation, CITY.slug, ledger, ISSUED_ON)
        furnish(played)
    return played


@pytest.fixture
def people(app, story, site):
    site.moment = MOMENT
    with app.app_context(), tenant_scope(story.tenant_id):
        return {
            user.role: user for user in db.session.scalars(select(User).order_by(User.id.desc()))
        }


@pytest.fixture
def folder(tmp_path):
    if not os.environ.get("SCREENSHOTS"):
        return tmp_path
    HERE.mkdir(parents=True, exist_ok=True)
    return HERE


def an_offer(app, story, state):
    with app.app_context(), tenant_scope(story.tenant_id):
        query = select(Offer.id).where(Offer.state == state).order_by(Offer.number)
        return db.session.scalars(query.limit(1)).one()


def the_one(app, story, kind):
    with app.app_context(), tenant_scope(story.tenant_id):
        return db.session.scalars(select(kind.id).order_by(kind.id)).first()


def test_the_readme_shows_what_the_demonstration_has(app, story, people, window, folder):
    served = an_offer(app, story, OfferState.SERVED)
    sealed = an_offer(app, story, OfferState.SEALED)
    with app.app_context(), tenant_scope(story.tenant_id):
        token = db.session.scalars(
            select(ReplyLink.token).where(ReplyLink.offer_id == sealed)
        ).one()
    pictures = {
        "workbench": (people["officer"], f"/{CITY.slug}/", "未来12天的时限"),
        "register": (people["officer"], f"/{CITY.slug}/enterprises?q=餐饮", "餐饮"),
        "offer": (people["officer"], f"/{CITY.slug}/offers/{served}", "为什么"),
        "reply-desk": (None, f"/{CITY.slug}/reply/{token}", "确认收到"),
        "case": (
            people["officer"],
            f"/{CITY.slug}/cases/{the_one(app, story, BargainingCase)}",
            "协商代表",
        ),
        "contract": (
            people["officer"],
            f"/{CITY.slug}/contracts/{the_one(app, story, Contract)}",
            "上级工会",
        ),
        "plan": (
            people["officer"],
            f"/{CITY.slug}/supervisors/plans/{the_one(app, story, AssignmentPlan)}",
            "最优",
        ),
        "forecast": (people["officer"], f"/{CITY.slug}/forecast", "协商预报"),
        "my-day": (people["supervisor"], f"/{CITY.slug}/my-day", "走访"),
    }
    for name, (person, path, words) in pictures.items():
        for width in (WIDE, NARROW):
            one = window(person, width=width)
            one.go(path)
            assert words in one.page.inner_text("body")
            one.shot(folder / f"{name}-{width}.png")
            assert (folder / f"{name}-{width}.png").stat().st_size > 20_000


def test_the_check_before_issuing_is_shown_with_its_letter(ours, window, site, folder):
    site.moment = instant("2026-03-02")
    with ours.scope(at=site.moment):
        settled = town.settled(ours)
    campaign = town.drafted(ours, settled, name="2026年餐饮业工资集体协商要约行动")
    for width in (WIDE, NARROW):
        one = window(ours.officer, width=width)
        one.go(ours.url(f"/campaigns/{campaign}/check"))
        assert one.page.locator(".y-letter").count() == 1
        one.shot(folder / f"campaign-check-{width}.png")
