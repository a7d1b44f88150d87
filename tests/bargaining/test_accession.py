"""Accession by link or paper: a page for each enterprise that has not sealed, and its own code."""

from datetime import date

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.meeting_models import SigningMethod
from blueprints.bargaining.ground.signature_models import Party, SealBasis
from blueprints.bargaining.signing import accession_sheets
from blueprints.bargaining.signing import queries as signing_queries
from blueprints.bargaining.signing.actions import Act, seal
from blueprints.bargaining.signing.acts import make_links
from blueprints.bargaining.signing.views import links_of, not_sealed
from blueprints.bargaining.table.acts import Context
from blueprints.notices.letters.check import qr_path
from tenants.db import db
from tests.bargaining.table_world import SIGNED, scan, table


def prepared(federation):
    """An industry case whose text is being signed, with links made and one seal given."""
    case = table(federation).meet().write().agree().convene().count().sign(Party.WORKERS)
    with case.at(SIGNED):
        signing = signing_queries.standing_signing(case.case_id)
        make_links(Context(case.case, signing, federation.officer.id, {}), None)
        first = queries.enterprises_of(case.case_id)[0]
        seal(case.case, signing, Act(
            first.enterprise_id, SealBasis.SEALED, SigningMethod.SCAN, date(2026, 5, 20), "店长",
            document_id=scan("章"),
        ))  # fmt: skip
        db.session.commit()
    return case, signing, first


def test_every_enterprise_that_has_not_sealed_gets_its_page_with_its_own_link_and_the_day(ours):
    case, signing, first = prepared(ours)
    with case.at(SIGNED):
        links = links_of(signing)["enterprises"]
        still = not_sealed(signing, links)
        assert set(still) == set(links) - {first.enterprise_id}
        by = accession_sheets.last_day(signing, date(2026, 5, 20))
        assert by == date(2026, 6, 30)
        pages = list(accession_sheets._pages(case.case, signing, still, by))
        names = {one.enterprise_id: one.name for one in queries.enterprises_of(case.case_id)}
    assert [page.check.url for page in pages] == [
        still[ident] for ident in names if ident in still
    ]  # fmt: skip
    for page in pages:
        text = "\n".join(run.text for block in page.blocks for run in block.runs)
        assert "2026-06-30" in text
        assert signing.text_sha256 in text
        (own,) = [ident for ident, url in still.items() if url == page.check.url]
        assert names[own] in text
        assert not [name for ident, name in names.items() if ident != own and name in text]


def test_the_pages_are_one_pdf_for_who_runs_the_case_and_for_nobody_else(ours, theirs, as_):
    case, signing, _first = prepared(ours)
    address = ours.url(f"/signings/{signing.id}/accession.pdf")
    answer = as_(ours.officer).get(address)
    assert answer.data[:4] == b"%PDF"
    with ours.scope():
        one = next(iter(links_of(signing)["enterprises"]))
    single = ours.url(f"/signings/{signing.id}/accession/{one}.pdf")
    page = as_(ours.officer).get(ours.url(f"/signings/{signing.id}")).text
    assert single in page
    assert as_(ours.officer).get(single).data[:4] == b"%PDF"
    assert as_(ours.officer).get(single.replace(f"/{one}.pdf", "/999999.pdf")).status_code == 404
    assert as_(ours.auditor).get(address).status_code == 403
    assert as_(theirs.officer).get(address).status_code == 404
    assert case.case_id


def test_the_page_of_the_signing_shows_the_code_of_each_link(ours, as_):
    case, signing, _first = prepared(ours)
    page = as_(ours.officer).get(ours.url(f"/signings/{signing.id}")).text
    with case.at(SIGNED):
        urls = links_of(signing)
    for url in (*urls["enterprises"].values(), *urls["chiefs"].values()):
        assert qr_path(url)[1] in page
    assert qr_path(next(iter(urls["enterprises"].values())))[1] not in as_(ours.auditor).get(
        ours.url(f"/signings/{signing.id}")
    ).text  # fmt: skip


def test_without_links_nothing_is_printed_and_the_page_says_what_to_do(ours, as_):
    case = table(ours).meet().write().agree().convene().count().sign(Party.WORKERS)
    with case.at(SIGNED):
        signing = signing_queries.standing_signing(case.case_id)
    refused = as_(ours.officer).get(ours.url(f"/signings/{signing.id}/accession.pdf"))
    assert refused.status_code == 409
    assert "make the links first" in refused.text


def test_once_the_contract_runs_the_paper_names_no_last_day(ours):
    _case, signing, _first = prepared(ours)
    assert accession_sheets.last_day(signing, date(2026, 7, 1)) is None


def test_a_vote_whose_text_is_being_signed_leads_to_the_signing_and_lays_nothing_out_again(
    ours, as_
):
    case, signing, _first = prepared(ours)
    with case.at(SIGNED):
        ballot = case.ballot().id
    page = as_(ours.officer).get(ours.url(f"/votes/{ballot}")).text
    assert "Lay it out for signing" not in page
    assert ours.url(f"/signings/{signing.id}") in page
