"""Undertakings of secrecy: asked in words, confirmed by private link; only then a file shows."""

import io
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from blueprints.bargaining.dossier.binder import texts_of
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.team_models import Side
from blueprints.bargaining.information import undertakings
from rules.broken import RuleBroken
from tenants import trail
from tenants.db import db
from tests.architecture.furnished import PDF
from tests.bargaining.test_information import asked, handed
from tests.bargaining.test_teams import seat
from tests.bargaining.world import WHEN, joined

UNTIL = date(2099, 1, 1)
ASK = {"until_on": UNTIL.isoformat(), "covers": "标注为商业秘密的成本资料", "back_within": "十五日"}


class Room:
    """A case with a secret file, and the private link of one representative."""

    def __init__(self, federation, as_, visitor):
        self.federation, self.visitor = federation, visitor
        visitor.set_cookie("language", "en")
        self.case = joined(federation)
        self.officer = as_(federation.officer)
        with federation.scope(at=WHEN):
            case = queries.get_case(self.case.id, lock=True)
            self.one = seat(case, Side.WORKERS, "赵某某", outsider=True)
            db.session.commit()
        self.item = handed(
            federation, as_, self.case, asked(federation, as_, self.case), confidential="y",
            what="门店成本明细",
        )  # fmt: skip
        self.url = federation.url(f"/team-room/{self.one.room_token}")

    def ask(self, **more):
        address = self.federation.url(f"/cases/{self.case.id}/undertakings/asking")
        return self.officer.post(address, data={**ASK, **more})

    def seen(self) -> str:
        page = self.visitor.get(self.url).text
        return re.search(r'name="seen"[^>]*value="([0-9a-f]{64})"', page)[1]

    def confirm(self, name="赵某某", **more):
        typed = {"name": name, "read": "y", "seen": self.seen(), **more}
        return self.visitor.post(f"{self.url}/undertaking", data=typed)

    def file(self):
        return self.visitor.get(f"{self.url}/files/{self.item.id}")

    def promise(self):
        with self.federation.scope():
            return undertakings.undertakings_of(self.case.id).get(self.one.id)


@pytest.fixture
def room(ours, as_, visitor):
    return Room(ours, as_, visitor)


def test_a_secret_file_has_not_even_a_name_before_the_undertaking_and_opens_after(room):
    assert room.file().status_code == 404
    assert "门店成本明细" not in room.visitor.get(room.url).text
    assert room.ask().status_code == 303
    assert room.file().status_code == 404  # asked is not promised
    page = room.visitor.get(room.url).text
    assert "标注为商业秘密的成本资料" in page
    assert "赵某某" in page
    assert room.confirm().status_code == 303
    assert room.file().data == PDF
    assert "门店成本明细" in room.visitor.get(room.url).text


def test_what_is_kept_is_the_text_its_hash_the_name_the_moment_and_a_line_in_the_trail(room):
    room.ask()
    room.confirm()
    promise = room.promise()
    assert promise.text_sha256 == undertakings.fingerprint(promise.text)
    assert promise.confirmed_name == "赵某某"
    assert promise.confirmed_at.date() - promise.signed_on <= timedelta(days=1)
    with room.federation.scope():
        (event,) = [one for one in trail.of(room.case) if one.verb == "undertaking.confirmed"]
        assert event.payload["sha256"] == promise.text_sha256
        texts = dict(texts_of(queries.get_case(room.case.id)))
    bound = texts["1-before/undertaking-赵某某.txt"].decode()
    assert promise.text in bound
    assert promise.text_sha256 in bound
    page = room.officer.get(room.federation.url(f"/cases/{room.case.id}/information")).text
    assert "confirmed on line" in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": "钱某某"}, "not the name on the roster"),
        ({"name": ""}, "Please fill in this field"),
        ({"read": ""}, "Tick that you have read it"),
        ({"seen": "0" * 64}, "The text was changed a moment ago"),
    ],
)
def test_a_confirmation_that_cannot_stand_says_why_and_keeps_what_was_typed(room, typed, says):
    room.ask()
    refused = room.confirm(**{"name": "赵某某", **typed})
    assert refused.status_code == 422
    assert says in refused.text
    assert room.promise().signed_on is None
    assert room.file().status_code == 404


def test_nobody_confirms_twice_or_what_was_not_asked(room):
    with room.federation.scope():
        case = queries.get_case(room.case.id)
        with pytest.raises(RuleBroken):
            undertakings.confirm(case, room.one, "赵某某", "")
    room.ask()
    seen = room.seen()
    room.confirm()
    again = room.visitor.post(
        f"{room.url}/undertaking", data={"name": "赵某某", "read": "y", "seen": seen}
    )
    assert again.status_code == 422


def test_asking_again_leaves_a_promise_in_force_alone_and_replaces_one_not_given(room):
    room.ask()
    first = room.promise()
    room.ask(covers="另一范围")
    assert room.promise().id != first.id
    room.confirm()
    kept = room.promise()
    room.ask(covers="第三范围")
    assert room.promise().id == kept.id


def test_a_paper_needs_its_scan_and_takes_the_place_of_what_was_asked(room):
    room.ask()
    address = room.federation.url(f"/cases/{room.case.id}/undertakings")
    typed = {"representative_id": str(room.one.id), "signed_on": "2026-04-01",
             "until_on": UNTIL.isoformat(), "covers": "成本资料"}  # fmt: skip
    refused = room.officer.post(address, data=typed)
    assert refused.status_code == 422
    assert "Attach the signed paper" in refused.text
    room.officer.post(address, data={**typed, "scan": (io.BytesIO(PDF), "承诺书.pdf")})
    assert room.promise().scan_id is not None
    assert room.file().data == PDF


def test_one_that_has_run_out_opens_nothing(room):
    room.ask()
    room.confirm()
    with room.federation.scope(at=WHEN.replace(year=2099, month=2)):
        assert not undertakings.in_force(undertakings.undertakings_of(room.case.id)[room.one.id])


@pytest.mark.parametrize("change", [
    "text = '别的', text_sha256 = encode(sha256(convert_to('别的', 'UTF8')), 'hex')",
    "until_on = until_on + 1", "covers = '全部'", "signed_on = NULL", "confirmed_name = '别人'",
])  # fmt: skip
def test_the_database_keeps_an_undertaking_as_it_was_signed(room, change):
    room.ask()
    room.confirm()
    with room.federation.scope():
        with pytest.raises(Exception, match="stands as it was signed"):
            db.session.execute(text(f"UPDATE undertaking SET {change}"))
        db.session.rollback()


def test_the_database_takes_no_hash_of_another_text(room):
    room.ask()
    with room.federation.scope():
        with pytest.raises(Exception, match="hash_is_of_text"):
            db.session.execute(text("UPDATE undertaking SET text = '别的'"))
        db.session.rollback()


def test_another_federation_finds_nothing_behind_the_link(room, theirs, visitor):
    room.ask()
    there = theirs.url(f"/team-room/{room.one.room_token}")
    assert visitor.get(there).status_code == 404
    assert visitor.post(f"{there}/undertaking", data={"name": "赵某某"}).status_code == 404
