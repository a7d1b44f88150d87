"""Service of many offers from a list, and the letters on paper that precede it."""

import io

from sqlalchemy import select

from blueprints.offers.ground import queries
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.models import Offer
from blueprints.offers.service import bulk as service_bulk
from blueprints.offers.service import paper
from tenants.db import db
from tests.offers.world import instant, issued

DAY = "2026-03-05"


def numbers(federation):
    with federation.scope():
        query = select(Offer.document_no).order_by(Offer.number)
        return list(db.session.scalars(query))


def send(browser, federation, text, **more):
    where = federation.url("/offers/service-list")
    return browser.post(where, data={"lines": text, **more}, follow_redirects=True)


def test_rows_are_read_with_a_heading_in_any_order_and_without_one():
    headed = service_bulk.read(
        [["邮件号", "联系电话", "签收日期", "文号"],
         ["1184 0052 637", "0716-8120000", "2026/3/5", "示工约[2026]1号"]]
    )[0]  # fmt: skip
    plain = service_bulk.read(
        service_bulk.read_text("示工约〔2026〕1号 XA12345678942 2026年3月5日")
    )[0]
    assert (headed.document_no, headed.post_number) == ("示工约〔2026〕1号", "11840052637")
    assert (plain.document_no, plain.post_number) == ("示工约〔2026〕1号", "XA12345678942")
    assert str(headed.day) == str(plain.day) == DAY


def test_nothing_is_written_before_it_is_confirmed_and_errors_come_first(ours, as_):
    issued(ours)
    first, second = numbers(ours)
    text = f"{first}\tXA00000001\t{DAY}\n{second}\t\t{DAY}\n示工约〔2026〕99号\tXA00000003\t{DAY}"
    browser = as_(ours.officer)
    page = send(browser, ours, text).text
    assert page.index("2 rows cannot be recorded") < page.index("1 service can be recorded")
    assert "There is no offer of this number." in page
    assert "No registered number was found" in page
    with ours.scope():
        assert set(db.session.scalars(select(Offer.state))) == {"sealed"}
    page = send(browser, ours, text, confirm="1").text
    assert "1 service is recorded." in page
    assert second in page
    with ours.scope():
        served = db.session.scalars(select(Offer).where(Offer.state == "served")).one()
        assert (served.document_no, str(served.served_on)) == (first, DAY)
        assert queries.services(served)[0].post_number == "XA00000001"


def test_a_number_is_used_once_and_a_second_service_changes_nothing(ours, as_):
    issued(ours)
    first, second = numbers(ours)
    browser = as_(ours.officer)
    twice = f"{first}\tXA00000001\t{DAY}\n{second}\tXA00000001\t{DAY}"
    assert "in the list twice" in send(browser, ours, twice).text
    send(browser, ours, f"{first}\tXA00000001\t{DAY}", confirm="1")
    again = send(browser, ours, f"{first}\tXA00000009\t{DAY}\n{second}\tXA00000001\t{DAY}").text
    assert "served or closed already" in again
    assert "already proves another service" in again


def test_a_day_before_issue_is_an_error_of_its_row(ours, as_):
    issued(ours)
    page = send(as_(ours.officer), ours, f"{numbers(ours)[0]}\tXA00000001\t2026-02-01").text
    assert "cannot have been served before" in page


def test_a_supervisor_records_only_in_the_own_portfolio(ours, as_):
    issued(ours)
    page = send(as_(ours.supervisor), ours, f"{numbers(ours)[0]}\tXA00000001\t{DAY}").text
    assert "There is no offer of this number." in page


def test_the_posting_list_can_be_filled_in_and_brought_back(ours, as_):
    offer_ids = issued(ours)
    on_paper(ours, offer_ids)
    browser = as_(ours.officer)
    taken = browser.get(ours.url("/offers/paper/list.csv")).text
    head, *rows = taken.lstrip("\ufeff").strip().splitlines()
    filled = [f"{row.rstrip(',')},XA0000000{n},{DAY}" for n, row in enumerate(rows)]
    assert len(rows) == 2
    head_cells = head.split(",")
    assert "Registered number" in head_cells
    lines = [head, *(_fitted(row, len(head_cells), n) for n, row in enumerate(rows))]
    file = (io.BytesIO("\n".join(lines).encode()), "list.csv")
    page = browser.post(ours.url("/offers/service-list"), data={"sheet": file}).text
    assert "2 services can be recorded" in page
    assert filled


def _fitted(row, width, n):
    cells = row.split(",")
    cells += [""] * (width - len(cells))
    cells[-2:] = [f"XA0000000{n}", DAY]
    return ",".join(cells)


def test_a_few_letters_are_one_pdf_at_once(ours, as_):
    on_paper(ours, issued(ours))
    browser = as_(ours.officer)
    page = browser.get(ours.url("/offers/paper")).text
    assert "2 letters are owed on paper" in page
    made = browser.post(ours.url("/offers/paper"))
    assert made.mimetype == "application/pdf"
    assert made.data.startswith(b"%PDF")


def test_many_letters_are_drawn_by_a_worker_and_kept_for_download(ours, as_, work):
    names = [f"示例{n}餐饮有限公司" for n in range(paper.AT_ONCE + 1)]
    on_paper(ours, issued(ours, names))
    browser = as_(ours.officer)
    page = browser.post(ours.url("/offers/paper"), follow_redirects=True).text
    assert "0 of 21" in page
    work()
    page = browser.get(ours.url("/offers/paper")).text
    assert "0 of 21" not in page
    with ours.scope():
        campaign = db.session.scalars(select(Campaign)).one()
        (run,) = paper.prints(campaign)
        assert (run.number, run.letters) == (1, paper.AT_ONCE + 1)
    made = browser.get(ours.url(f"/offers/paper/{run.document_id}.pdf?campaign={campaign.id}"))
    assert made.data.startswith(b"%PDF")


def test_letters_on_paper_are_the_officers_business(ours, theirs, as_):
    on_paper(ours, issued(ours))
    assert as_(ours.supervisor).get(ours.url("/offers/paper")).status_code == 403
    page = as_(theirs.officer).get(theirs.url("/offers/paper")).text
    assert "No campaign is out yet." in page


def on_paper(federation, offer_ids):
    """As if their enterprises had no address."""
    from blueprints.notices.models import Notice

    with federation.scope(at=instant(DAY)):
        query = select(Notice).where(Notice.subject_kind == "offer", Notice.kind == "offer")
        for notice in db.session.scalars(query.where(Notice.subject_id.in_(offer_ids))):
            notice.address, notice.state = None, "paper"
        db.session.commit()
