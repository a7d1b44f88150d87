"""What changes a row says so in the trail, in the same transaction: both or neither."""

import ast
import io
import re
from dataclasses import dataclass, field
from typing import Any

import pytest

from blueprints.shared.trail.words import VERBS
from tenants.roles import Role
from tests.architecture.addresses import routes, writes
from tests.architecture.furnished import LEDGER, PDF, Furnished, furnish
from tests.architecture.tree import modules
from tests.world import PASSWORD, found, sign_in

# What may be written without a line in the trail, and why.
QUIET = {
    "event": "the trail itself",
    "trail_head": "the end of the chain, moved by the trail's own trigger",
    "reply_link": "when the link was first opened, for the officer to see",
    "tenant": "users_epoch: sessions read their user again",
}


@pytest.fixture(scope="module")
def acted(app) -> Furnished:
    """A federation to be acted on; what one case leaves does not disturb the next."""
    return furnish(found(app, division="421000"))


@dataclass
class Case:
    """A form as somebody sends it, and the line it leaves."""

    endpoint: str
    verb: str
    role: Role | None = Role.OFFICER
    data: dict[str, Any] = field(default_factory=dict)
    instead: dict[str, str] = field(default_factory=dict)  # name in the address → kind of row

    def __str__(self) -> str:
        return self.endpoint


ADMIN, APPROVER = Role.ADMINISTRATOR, Role.APPROVER
CASES = [
    Case("registry.create", "enterprise.registered", data={"name": "示例未来餐饮有限公司"}),
    Case("unions.create", "union.registered", data={"name": "示范街道总工会", "level": "township"}),
    Case("unions.dissolve", "union.dissolved"),
    Case("associations.create", "association.registered", data={
        "name": "示范商会", "kind": "chamber",
    }),
    Case("associations.update", "association.corrected", data={
        "name": "改名协会", "kind": "trade", "area": "", "industry": "",
    }),
    Case("imports.create", "import.received", data={"counted_on": "2026-03-01"}),
    Case("imports.confirm", "import.confirmed", instead={"run_id": "run_checked"}),
    Case("imports.drop", "import.dropped"),
    Case("campaigns.create", "campaign.created", data={
        "name": "夏季行动", "contract_kind": "wage", "subject": "工资",
    }),
    Case("campaigns.attach", "campaign.attached"),
    Case("campaigns.approve", "campaign.approved", APPROVER),
    Case("campaigns.send_out", "campaign.issued"),
    Case("campaigns.pause", "campaign.paused", instead={"campaign_id": "paused"}, data={
        "note": "等通知",
    }),
    Case("campaigns.share", "campaign.shared", data={"shared": "1"}),
    Case("offers.create_service", "offer.served", data={
        "reached": "yes", "method": "in_person", "served_on": "2026-03-06",
        "receiver_name": "孙某某",
    }),
    Case("offers.create_reply", "offer.replied", instead={"offer_id": "offers"}, data={
        "kind": "accept", "received_on": "2026-03-09", "person_name": "孙某某",
    }),
    Case("offers.create_link", "offer.link_renewed"),
    Case("offers.create_review", "reply.reviewed", data={"finding": "proper", "note": "属实"}),
    Case("notices.cancel", "notice.cancelled"),
    Case("contacts.update", "contact.repaired", data={"address": "new@firm.example"}),
    Case("users.create", "user.invited", ADMIN, data={
        "name": "新来的", "email": "new@city.example", "role": "officer", "locale": "zh_CN",
    }),
    Case("settings.update", "federation.changed", ADMIN, data={
        "name": "改名市总工会", "name_en": "Renamed", "short_name": "改工",
        "remind_before_days": "3", "offer": "", "feedback": "",
    }),
    Case("accounts.update_profile", "user.changed_own_details", data={
        "name": "改名", "locale": "en",
    }),
    Case("accounts.sign_in", "user.signed_in", None, data={"password": PASSWORD}),
    Case("accounts.ask_for_reset", "user.asked_for_reset", None),
    Case("rules.withdraw", "rule.withdrawn", ADMIN, data={"reason": "有误"}),
    Case("calendars.remove", "calendar.removed", ADMIN, data={"reason": "有误"}),
    Case("calendars.reopen", "calendar.year_reopened", ADMIN, data={"reason": "有误"}),
    Case("forecast.refresh", "forecast.asked"),
    Case("contracts.update_habits", "habits.changed", ADMIN, data={
        "version": "0", "check_months": "3",
    }),
    Case("contracts.new_clause", "contract.clause_recorded", data={
        "number": "第二条", "kind": "leave", "title": "休假", "text": "带薪年休假。",
    }),
]  # fmt: skip
FILES = {
    "imports.create": ("ledger", LEDGER.encode("utf-8-sig"), "台账.csv"),
    "campaigns.attach": ("file", PDF, "附件.pdf"),
    "offers.create_service": ("evidence", PDF, "回执.pdf"),
    "offers.create_reply": ("scan", PDF, "答复.pdf"),
}


def route_of(endpoint: str):
    return next(r for r in routes() if (r.endpoint, r.method) == (endpoint, "POST"))


def send(app, house: Furnished, route, case: Case) -> Any:
    people = house.federation.people
    browser = sign_in(app, people[case.role]) if case.role else app.test_client()
    given = dict(case.data)
    if case.role is None:
        given["email"] = people[Role.OFFICER].email
    if case.endpoint in FILES:
        name, data, label = FILES[case.endpoint]
        given[name] = (io.BytesIO(data), label)
    instead = {}
    for name, kind in case.instead.items():
        row = getattr(house.rows, kind)
        instead[name] = row[-1] if isinstance(row, list) else row
    return browser.post(route.path(house, **instead), data=given)


def complaints(text: str) -> list[str]:
    return re.findall(r'<li><a href="#[^>]*>(.*?)</a>', text)


# Written inside a savepoint, so that what the database refuses can be said in words; PostgreSQL
# numbers a savepoint apart, though it is kept or lost with its transaction.
IN_A_SAVEPOINT = {"assignment", "expert_booking"}


def check_one_transaction(superuser, start: int) -> set[str]:
    """The tables that were written; all at once, and with a line in the trail."""
    written = superuser.written_since(start)
    told = [
        tables
        for tables in written.values()
        if set(tables) - set(QUIET) and (len(written) == 1 or set(tables) - IN_A_SAVEPOINT)
    ]
    assert len(told) <= 1, f"written in several transactions: {told}"
    for tables in told:
        assert "event" in tables, f"written without a word: {tables}"
    return set().union(*written.values()) if written else set()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_act_and_its_line_are_written_together(app, acted, superuser, case):
    start = superuser.next_transaction()
    last = superuser.ask("SELECT coalesce(max(id), 0) FROM event")[0][0]
    answer = send(app, acted, route_of(case.endpoint), case)
    assert answer.status_code in {200, 302, 303}, complaints(answer.text)
    verbs = [verb for (verb,) in superuser.ask("SELECT verb FROM event WHERE id > %s", last)]
    assert case.verb in verbs
    assert check_one_transaction(superuser, start)


@pytest.mark.parametrize("route", writes(), ids=str)
def test_even_an_empty_form_leaves_nothing_without_a_line(app, acted, superuser, route):
    """Some verbs need no more than a button. Whatever they write, the trail says so."""
    start = superuser.next_transaction()
    for role, user in acted.federation.people.items():
        if route.open_to(role):
            answer = sign_in(app, user).post(route.path(acted))
            assert answer.status_code < 500
            break
    check_one_transaction(superuser, start)


def test_every_line_of_the_trail_has_words():
    """What the rooms record, the page of the trail says in a sentence."""
    recorded = set()
    for module in modules():
        for call in module.calls("record", "record_many"):
            for node in ast.walk(call.args[0]) if call.args else ():
                if isinstance(node, ast.Constant) and "." in str(node.value):
                    recorded.add(node.value)
    assert recorded - set(VERBS) == set()
