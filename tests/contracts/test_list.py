"""The list of contracts, as each role sees it."""


def test_an_officer_without_contracts_is_told_where_they_come_from(ours, as_):
    page = as_(ours.officer).get(ours.url("/contracts"))
    assert page.status_code == 200
    assert "A contract comes here once both sides have signed it" in page.text
