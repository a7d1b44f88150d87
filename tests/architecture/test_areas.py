"""An officer of one area finds nothing of another: at no address, in no list, in no file."""

import io
import zipfile

import pytest
from sqlalchemy import select, update

from blueprints.bargaining.ground.models import BargainingCase
from blueprints.contracts.forecast.models import ForecastEntry
from blueprints.contracts.ground.models import Contract
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Supervisor
from tenants.db import db
from tenants.models import User
from tenants.roles import CITYWIDE, Role
from tests.architecture.addresses import Route, of_federation, with_names
from tests.architecture.furnished import Furnished
from tests.world import _HASH, sign_in

OWN, OTHER = "421002", "421083"  # all rows of the furnished federation lie in the first

# Rows that are the whole federation's: every area reads them, none changes them.
CITYS = {
    "record_id", "entry_id", "recount_id", "expert_id", "booking_id", "union_id", "kind_id",
    "association_id", "trigger_id",
}  # fmt: skip
COUNTED = {"notices.progress"}  # of what is not there, there is nothing to count
SPECIMEN = {"春季集中要约行动"}  # the official texts' own example of a campaign's name
OF_ITS_OWNER = {"cases.info_file"}  # whom a case is not in the hands of does not open its files
BOOKED = {"supervisors.create_booking", "supervisors.end_booking"}  # experts serve every area
ROUTES = [r for r in of_federation() if not r.public and r.open_to(Role.OFFICER)]


def hidden(route: Route, name: str) -> bool:
    """Whether an officer of another area must not find this row at this address."""
    if route.endpoint in COUNTED | BOOKED:
        return False
    return name not in CITYS or route.method != "GET"


@pytest.fixture(scope="session")
def officers(here: Furnished) -> dict[str, User]:
    """An officer of the area in which everything lies, and one of another."""
    bound = {}
    with here.federation.scope():
        for area in (OWN, OTHER):
            user = User(
                email=f"o{area}@{here.slug}.example", name=f"officer-{area}", role="officer",
                locale="en", status="active", password_hash=_HASH, area=area,
            )  # fmt: skip
            db.session.add(user)
            bound[area] = user
        for table in (BargainingCase, ForecastEntry):  # those of the whole city become the area's
            db.session.execute(update(table).where(table.area.is_(None)).values(area=OWN))
        db.session.commit()
        for user in bound.values():
            db.session.refresh(user)
            db.session.expunge(user)
    return bound


@pytest.fixture(scope="session")
def secrets(here: Furnished) -> list[str]:
    """The names that must not be told: of firms, and of what hangs on them."""
    with here.federation.scope():
        found = set()
        for table in (Enterprise, Supervisor, BargainingCase, Contract, Campaign):
            found |= set(db.session.scalars(select(table.name)))
    return sorted(found)


def read(answer) -> str:
    """All that an answer says, what is packed in a workbook or a document too."""
    if answer.data[:2] != b"PK":
        return answer.get_data().decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        return "".join(packed.read(n).decode("utf-8", "replace") for n in packed.namelist())


@pytest.mark.parametrize(("route", "name"), [p for p in with_names(ROUTES) if hidden(*p)], ids=str)
def test_a_row_of_another_area_is_not_found(app, route, name, here, officers):
    answer = sign_in(app, officers[OTHER]).open(route.path(here), method=route.method)
    assert answer.status_code == 404


@pytest.mark.parametrize("route", [r for r in ROUTES if r.method == "GET"], ids=str)
def test_nothing_tells_a_name_of_another_area(app, route, here, officers, secrets):
    answer = sign_in(app, officers[OTHER]).get(route.path(here))
    assert answer.status_code in {200, 302, 303, 400, 404}
    said = read(answer)
    told = {name for name in secrets if name in said}
    assert told <= SPECIMEN if route.endpoint == "letters.show" else told == set()


@pytest.mark.parametrize("route", [r for r in ROUTES if r.method == "GET"], ids=str)
def test_an_officer_of_the_area_finds_what_one_of_the_city_finds(app, route, here, officers):
    """But for what is done for the whole federation at once."""
    bound = sign_in(app, officers[OWN]).get(route.path(here))
    view = app.view_functions[route.endpoint]
    if route.permission in CITYWIDE or view.citywide:
        assert bound.status_code == 404
        return
    if route.endpoint in OF_ITS_OWNER:
        return
    free = sign_in(app, here.federation.officer).get(route.path(here))
    assert bound.status_code == free.status_code
