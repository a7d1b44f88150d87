"""An id that comes in a form is worth no more than one in an address."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from blueprints.registry.models import TradeUnion
from blueprints.supervisors.models import Supervisor
from tenants.db import db
from tenants.models import User
from tenants.roles import Role
from tests.architecture.addresses import writes
from tests.architecture.furnished import furnish
from tests.offers.world import enterprise, union
from tests.world import found, sign_in

Form = Callable[[SimpleNamespace], dict[str, object]]


def upper(house) -> int:
    with house.federation.scope():
        query = select(TradeUnion.id).where(TradeUnion.level == "city").order_by(TradeUnion.id)
        return db.session.scalars(query).first()


def joint(house) -> int:
    """A union that may stand for several enterprises."""
    with house.federation.scope():
        made = union(f"示例第{next(_numbers)}联合工会", "joint")
        db.session.commit()
        return made.id


def guide(house) -> int:
    """Somebody who may become a supervisor."""
    with house.federation.scope():
        user = User(email=f"g{next(_numbers)}@x.example", name="吴某某", role="supervisor")
        db.session.add(user)
        db.session.commit()
        return user.id


def another_guide(house) -> int:
    user = guide(house)
    with house.federation.scope():
        made = Supervisor(user_id=user, name="吴某某")
        db.session.add(made)
        db.session.commit()
        return made.id


def double(house) -> int:
    with house.federation.scope():
        firm = enterprise(f"示例重复{next(_numbers)}餐饮有限公司")
        db.session.commit()
        return firm.id


_numbers = iter(range(1, 999))
WORKS = {"name": "示例街道总工会", "level": "township", "area": "", "industry": ""}
CASES = {
    "unions.create": (upper, lambda i: {**WORKS, "name": f"街道{i}总工会", "parent_id": i}),
    "registry.union": (joint, lambda i: {"choice": i}),
    "registry.carry_out_merge": (double, lambda i: {"double": i}),
    "campaigns.save_issuers": (
        upper,
        lambda i: {"issuer_mode": "single", "union_id": i, "text_id": "01a-offer-single"},
    ),
    "supervisors.create": (guide, lambda i: {"user_id": i, "engagement": "full_time"}),
    "supervisors.create_handover": (
        another_guide,
        lambda i: {"taker_id": i, "on": "2027-01-01", "reason": "调离"},
    ),
}


@pytest.fixture(scope="module")
def mine(app):
    return furnish(found(app, division="421000"))


def send(app, house, endpoint: str, data: dict[str, object]) -> int:
    route = next(route for route in writes() if route.endpoint == endpoint)
    browser = sign_in(app, house.federation.people[Role.OFFICER])
    return browser.post(route.path(house), data=data).status_code


@pytest.mark.parametrize("endpoint", CASES)
def test_a_row_of_another_federation_cannot_be_named_in_a_form(
    app, mine, elsewhere, superuser, endpoint
):
    row, form = CASES[endpoint]
    theirs = row(elsewhere)
    before = superuser.fingerprint()
    assert send(app, mine, endpoint, form(theirs)) in {400, 404, 409, 422}
    assert send(app, mine, endpoint, form(987_654_321)) in {400, 404, 409, 422}
    assert superuser.fingerprint() == before
    assert send(app, mine, endpoint, form(row(mine))) in {200, 303}, "its own row must do"


NAMES = (
    "union_id", "parent_id", "enterprise_id", "campaign_id", "offer_id", "user_id", "row_id",
    "supervisor_id", "taker_id", "document_id", "double", "choice", "id", "ids", "offer",
    "enterprise", "run_id", "tenant_id", "tenant", "recount_id", "exposure_id", "step_id",
)  # fmt: skip


@pytest.mark.parametrize("route", [r for r in writes() if r.of_federation], ids=str)
def test_a_form_full_of_ids_of_another_federation_changes_nothing_there(
    app, mine, elsewhere, superuser, route
):
    """Whatever a form may be called to take: another federation's rows stay as they are."""
    theirs = superuser.fingerprint(elsewhere.federation.id)
    ids = [value for value in vars(elsewhere.rows).values() if isinstance(value, int)]
    given = [*ids[:6], elsewhere.federation.id]
    data = dict.fromkeys(NAMES, given)
    for role, user in mine.federation.people.items():
        if route.open_to(role):
            answer = sign_in(app, user).post(route.path(mine), data=data)
            assert answer.status_code < 500
            break
    assert superuser.fingerprint(elsewhere.federation.id) == theirs
