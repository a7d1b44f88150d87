"""What officers see of notices, and what others do not."""

import io
import re
import zipfile

from blueprints.notices.labels import KINDS, STATES
from blueprints.notices.models import ContactRepair, Notice
from blueprints.registry.models import Enterprise
from tenants.db import db
from tests.architecture.tree import HOUSE
from tests.notices.world import CAMPAIGN, open_repairs, owe, owe_many, reread
from tests.offers.world import instant


def test_the_list_shows_filters_and_pages(ours, as_):
    with ours.scope():
        owe_many(60)
        owe(99, kind="feedback", address=None)
        db.session.commit()
    officer = as_(ours.officer)
    first = officer.get(ours.url("/notices"))
    assert "61 notices" in first.text
    assert "示范餐饮99店" in first.text
    assert 'rel="next"' in first.text
    only = officer.get(ours.url("/notices?state=paper")).text
    assert "1 notice" in only
    assert "Letter on paper" in only
    assert "1 notice" in officer.get(ours.url("/notices?q=n17@firm")).text
    assert "60 notices" in officer.get(ours.url("/notices?batch=campaign:7")).text
    assert "60 notices" in officer.get(ours.url("/notices?kind=reminder")).text
    assert "Nothing matches your filters" in officer.get(ours.url("/notices?q=nobody")).text
    for sort in ("name", "-name", "state", "sent", "-sent", "posted"):
        assert officer.get(ours.url(f"/notices?sort={sort}")).status_code == 200
    fragment = officer.get(ours.url("/notices"), headers={"HX-Request": "true"}).text
    assert fragment.lstrip().startswith('<div id="list">')


def test_the_list_says_what_each_state_means(ours, as_):
    page = as_(ours.officer).get(ours.url("/notices")).text
    assert all(str(standing.explain.en) in page for standing in STATES.values())


def test_every_kind_that_a_room_posts_has_words():
    posts = re.compile(r'\b_?post\(\s*"(\w+)"')
    sources = [path.read_text() for path in (HOUSE / "blueprints").rglob("*.py")]
    kinds = {kind for source in sources for kind in posts.findall(source)}
    assert len(kinds) > 15
    assert kinds - KINDS.keys() == set()


def test_a_notice_told_of_another_day_is_written_on_that_day(ours):
    with ours.scope(at=instant("2026-03-05", 9)):
        assert owe(1).created_at == instant("2026-03-05", 9)


def test_the_sheet_holds_what_is_filtered_with_its_subject(ours, as_):
    with ours.scope():
        owe_many(3)
        db.session.commit()
    officer = as_(ours.officer)
    sheet = officer.get(ours.url("/notices/export.csv?q=n2@")).text
    assert sheet.count("firm.example") == 1
    assert "请于2026年4月21日前答复示工约〔2026〕17号" in sheet
    book = officer.get(ours.url("/notices/export.xlsx")).data
    assert zipfile.is_zipfile(io.BytesIO(book))


def test_the_page_shows_the_text_as_sent_and_the_answer_in_plain_words(ours, as_, mailroom, work):
    mailroom.says["n1@firm.example"] = "550 5.1.1 <n1@firm.example> no such user"
    with ours.scope():
        notice = owe(1)
        db.session.commit()
        work()
    page = as_(ours.officer).get(ours.url(f"/notices/{notice.id}")).text
    assert "《集体协商要约书》已于2026年4月1日送达贵单位" in page
    assert "550 5.1.1 &lt;n1@firm.example&gt; no such user" in page
    assert "The mailbox does not exist; call and correct it." in page
    assert "Correct the contact" in page
    assert "It is on the list of addresses that get no mail." in page
    assert "Send again" not in page  # not to a mailbox that does not exist


def test_an_officer_sends_again_and_cancels_an_auditor_only_looks(ours, as_):
    with ours.scope():
        notice, other = owe(1), owe(2)
        db.session.commit()
    officer, auditor = as_(ours.officer), as_(ours.auditor)
    page = auditor.get(ours.url(f"/notices/{notice.id}"))
    assert page.status_code == 200
    assert "Send again" not in page.text
    assert auditor.post(ours.url(f"/notices/{notice.id}/attempts")).status_code == 403
    assert officer.post(ours.url(f"/notices/{notice.id}/attempts")).status_code == 303
    assert officer.post(ours.url(f"/notices/{other.id}/cancellation")).status_code == 303
    assert officer.post(ours.url(f"/notices/{other.id}/attempts")).status_code == 409
    with ours.scope():
        assert reread(other).state == "cancelled"


def test_another_federations_notices_and_contacts_do_not_exist(ours, theirs, as_):
    with theirs.scope():
        notice = owe(1)
        task = ContactRepair(
            recipient="enterprise:1", recipient_name="甲", address="a@b.example", reason=UNKNOWN,
            answer="",
        )  # fmt: skip
        db.session.add(task)
        db.session.commit()
    officer = as_(ours.officer)
    for path in (f"/notices/{notice.id}", f"/contacts/{task.id}"):
        assert officer.get(ours.url(path)).status_code == 404
    for path in (f"/notices/{notice.id}/attempts", f"/contacts/{task.id}/paper"):
        assert officer.post(ours.url(path)).status_code == 404
    assert "firm.example" not in officer.get(ours.url("/notices")).text


def test_a_link_that_opens_an_account_is_shown_to_nobody_else(ours, as_):
    with ours.scope():
        notice = owe(
            1,
            kind="password_reset",
            text_id="28c-mail-password-reset",
            values={
                "tenant_name": "示范市总工会",
                "recipient_name": "刘某某",
                "account_email_masked": "l***@firm.example",
                "requested_at": "2026-04-01T09:00",
                "reset_url": "https://yaoyue.example/secret-token",
                "link_expires_at": "2026-04-01T10:00",
                "contact_phone": "0716-0000000",
            },
        )
        db.session.commit()
    page = as_(ours.administrator).get(ours.url(f"/notices/{notice.id}")).text
    assert "l***@firm.example" in page
    assert "secret-token" not in page


def test_progress_moves_by_itself_and_stops_when_it_is_over(ours, as_, mailroom, work):
    with ours.scope():
        owe_many(3)
        db.session.commit()
    officer, address = as_(ours.officer), ours.url("/notices/progress/campaign/7")
    begun = officer.get(address).text
    assert 'hx-trigger="every 2s"' in begun
    assert "0 of 3" in begun
    work()
    over = officer.get(address).text
    assert "hx-trigger" not in over
    assert "3 of 3" in over
    assert "All notices have been dealt with" in over


def test_a_contact_is_repaired_on_its_page_and_the_register_follows(ours, as_, mailroom, work):
    mailroom.says["bad@firm.example"] = "550 5.1.1 unknown"
    with ours.scope():
        enterprise = register("示范餐饮有限公司", email="bad@firm.example")
        recipient = f"enterprise:{enterprise.id}"
        owe(1, recipient=recipient, address="bad@firm.example")
        db.session.commit()
        work()
        (task,) = open_repairs()
    officer = as_(ours.officer)
    assert "mailbox unknown" in officer.get(ours.url("/contacts")).text
    path = ours.url(f"/contacts/{task.id}")
    assert "550 5.1.1 unknown" in officer.get(path).text
    refused = officer.post(f"{path}/address", data={"address": "nonsense"})
    assert refused.status_code == 422
    assert "This is not an e-mail address" in refused.text
    assert 'value="nonsense"' in refused.text
    mended = officer.post(f"{path}/address", data={"address": " good＠firm.example "})
    assert mended.status_code == 303
    with ours.scope():
        work()
        assert mailroom.counts == {"good@firm.example": 1}
        query = db.select(Enterprise.email).where(Enterprise.id == enterprise.id)
        assert db.session.scalar(query) == "good@firm.example"
    assert officer.post(f"{path}/address", data={"address": "x@firm.example"}).status_code == 409
    assert "Dealt with" in officer.get(ours.url("/contacts?show=done")).text
    assert "good@firm.example" in officer.get(path).text


def test_the_workbench_names_contacts_to_repair_and_mail_that_waits(ours, as_, mailroom, work):
    mailroom.says["n1@firm.example"] = "550 5.1.1 unknown"
    with ours.scope():
        owe(1)
        db.session.commit()
        work()
        owe(2, due_at=reread(owe(1)).created_at.replace(year=2025))
        owe(3, address=None)
        db.session.commit()
    page = as_(ours.officer).get(ours.url("/")).text
    assert "示范餐饮1店" in page
    assert "1 notice waits for the mail server" in page
    assert "Owed on paper" in page


def test_lists_ask_the_database_as_often_for_thirty_rows_as_for_one(ours, as_, statements):
    officer = as_(ours.officer)
    counts = []
    for upto in (1, 30):
        with ours.scope():
            db.session.query(Notice).delete()
            owe_many(upto)
            db.session.commit()
        with statements() as seen:
            officer.get(ours.url("/notices"))
        counts.append(len(seen))
    assert counts[0] == counts[1]


UNKNOWN = "contact.mailbox_unknown"
assert CAMPAIGN == ("campaign", 7)


def register(name, *, email):
    from blueprints.registry.actions import register_enterprise
    from tenants.clock import today

    return register_enterprise({"name": name, "email": email}, today=today())
