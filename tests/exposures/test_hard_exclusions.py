"""Each reason for which nobody may be named, one by one: through the page, a job and raw SQL."""

from contextlib import closing

import psycopg
import pytest

from jobs.exposures import recheck, tell
from tenants.clock import at
from tests.exposures.test_database_refuses import PUBLISH, RECHECK, app_connection
from tests.exposures.test_every_subset import restore
from tests.exposures.test_races import owner
from tests.exposures.world import SHOWN, Silent
from tests.offers.world import instant

FIRM = "WHERE id = (SELECT enterprise_id FROM offer WHERE id = {offer})"


def recorded(code):
    """A reason on the record, by a person or, of a contract in force, by itself."""
    by = "NULL" if code == "exposure.signed" else "{officer}"
    return (
        (
            "INSERT INTO exposure_exclusion (tenant_id, offer_id, code, note, recorded_by_id,"
            f" recorded_at) VALUES ({{tenant}}, {{offer}}, '{code}', 'x', {by}, now())"
        ),
        "DELETE FROM exposure_exclusion",
    )


def status(word):
    return f"UPDATE enterprise SET status = '{word}' {FIRM}", (
        f"UPDATE enterprise SET status = 'active' {FIRM}"
    )


# How it comes about, and how it is put back so that the next one can be tried.
HARD = {
    "not served": (
        "UPDATE service SET state = 'disputed' WHERE offer_id = {offer}",
        "UPDATE service SET state = 'acknowledged' WHERE offer_id = {offer}",
    ),
    "clock not lapsed": (
        "UPDATE deadline SET status = 'running' WHERE subject_id = {offer}",
        "UPDATE deadline SET status = 'lapsed' WHERE subject_id = {offer}",
    ),
    "unconfirmed rule not past its longest period": (
        "UPDATE deadline SET longest_on = date '2026-01-01' WHERE subject_id = {offer}",
        "UPDATE deadline SET longest_on = NULL WHERE subject_id = {offer}",
    ),
    "closed": status("closed"),
    "moved": status("moved"),
    "proper reason": recorded("exposure.proper_reason"),
    "reason not yet judged": recorded("exposure.reason_under_review"),
    "force majeure": recorded("exposure.force_majeure"),
    "wrong addressee": recorded("exposure.wrong_addressee"),
    "contract in force": recorded("exposure.signed"),
    "bargaining has begun": recorded("exposure.bargaining"),
    "closure or crisis": recorded("exposure.small_or_crisis"),
}
UNREAD = {
    "a statement nobody has examined": (
        (
            "INSERT INTO exposure_supplement (tenant_id, exposure_id, words, received_at, channel,"
            " shown) VALUES ({tenant}, {exposure}, 'x', timestamptz '2025-08-20', 'paper', true)"
        ),
        "DELETE FROM exposure_supplement",
    ),
}


@pytest.fixture
def silent(ours):
    """Heard, and everything ready for publication."""
    one = Silent(ours)
    one.lapse()
    one.climb()
    one.propose()
    one.hear("来函未转达。")
    one.decide()
    return one


@pytest.fixture
def connection(silent):
    with closing(owner(silent)) as opened:
        yield opened


def known(silent):
    return {
        "tenant": silent.federation.id, "offer": silent.offer_id, "exposure": silent.exposure_id,
        "officer": silent.federation.officer.id, "at": instant(SHOWN),
    }  # fmt: skip


def do(connection, silent, statement):
    with connection.transaction():
        connection.execute(statement.format(**known(silent)))


def test_none_of_them_is_published_by_page_job_or_sql(silent, connection, as_):
    path = silent.federation.url(f"/exposures/cases/{silent.exposure_id}/publication")
    with closing(app_connection(silent)) as service, at(instant(SHOWN)):
        browser = as_(silent.federation.officer)
        for name, (begin, end) in {**HARD, **UNREAD}.items():
            do(connection, silent, begin)
            answer = browser.post(path, data={"asked": "y"})
            assert answer.status_code == 409, name
            assert "y-errs" in answer.text, name
            for job in (tell, recheck):
                with silent.federation.app.app_context():
                    job(tenant_id=silent.federation.id, at=instant(SHOWN).isoformat())
            service.execute(RECHECK.format(**known(silent)))
            with pytest.raises(psycopg.errors.CheckViolation, match="unlawful publication"):
                service.execute(PUBLISH.format(**known(silent)))
            service.rollback()
            assert silent.look().state == "decided_publish", name
            do(connection, silent, end)
        assert browser.post(path, data={"asked": "y"}).status_code == 303, (
            "and without any of them it is published"
        )


def test_each_of_them_takes_down_within_the_hour_what_is_public(silent, connection):
    silent.publish()
    with connection.transaction():
        connection.execute("CREATE TEMP TABLE shown AS SELECT * FROM exposure")
    for name, (begin, end) in HARD.items():
        do(connection, silent, begin)
        with silent.federation.app.app_context():
            counts = recheck(tenant_id=silent.federation.id, at=instant(SHOWN, 16).isoformat())
        assert counts["withdrawn"] == 1, name
        assert silent.look().state == "withdrawn", name
        do(connection, silent, end)
        restore(connection)
