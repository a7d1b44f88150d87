"""Every subset of the eight gates through page and job: only the full set publishes."""

from contextlib import closing

import pytest

from jobs.exposures import recheck, tell
from tenants.clock import at
from tests.exposures.test_races import owner
from tests.exposures.world import SHOWN, Silent
from tests.offers.world import instant

# Table, and what its row is without the gate and with it.
GATES = {
    "served": ("service", "state = 'disputed'", "state = 'acknowledged'"),
    "lapsed": ("deadline", "longest_on = date '2026-01-01'", "longest_on = NULL"),
    "ladder": ("exposure_step", "held_on = NULL", "held_on = date '2025-07-30'"),
    "heard": (
        "exposure", "window_ends_on = date '2026-01-01'", "window_ends_on = date '2025-08-15'",
    ),
    "objection": ("exposure", "objection = 'x', objection_at = now()", "objection_at = NULL"),
    "legal": ("exposure", "reviewed_at = NULL", "reviewed_at = timestamptz '2025-08-01 03:00+00'"),
    "enterprise": ("enterprise", "status = 'closed'", "status = 'active'"),
    "approvers": (
        "exposure", "second_approved_at = NULL",
        "second_approved_at = timestamptz '2025-08-25 07:00+00'",
    ),
}  # fmt: skip
WHERE = {
    "service": "offer_id = {offer}",
    "deadline": "subject_kind = 'offer' AND subject_id = {offer}",
    "exposure_step": "offer_id = {offer} AND kind = 'interview'",
    "exposure": "id = {exposure}",
    "enterprise": "id = (SELECT enterprise_id FROM offer WHERE id = {offer})",
}


class Doors:
    """The gates of one case, opened and shut one at a time, so that every subset comes up once."""

    def __init__(self, silent, connection):
        self.connection, self.missing = connection, set()
        self.known = {"offer": silent.offer_id, "exposure": silent.exposure_id}

    def turn(self, name):
        self.missing ^= {name}
        table, without, with_ = GATES[name]
        words = without if name in self.missing else with_
        where = WHERE[table].format(**self.known)
        with self.connection.transaction():
            self.connection.execute(f"UPDATE {table} SET {words} WHERE {where}")

    def every_subset(self):
        """All 2ⁿ subsets, each one gate away from the one before (Gray code), the full set last."""
        names = list(GATES)
        self.turn(names[-1])
        for count in range(1, 2 ** len(names)):
            yield frozenset(self.missing)
            lowest = (count & -count).bit_length() - 1
            self.turn(names[lowest])
        yield frozenset(self.missing)


@pytest.fixture
def silent(ours):
    one = Silent(ours)
    one.ready()
    return one


@pytest.fixture
def doors(silent):
    with closing(owner(silent)) as connection:
        yield Doors(silent, connection)


def test_the_page_publishes_with_all_gates_and_refuses_every_other_subset(silent, doors, as_):
    path = silent.federation.url(f"/exposures/cases/{silent.exposure_id}/publication")
    published, tried = [], 0
    with at(instant(SHOWN)):
        browser = as_(silent.federation.officer)
        for missing in doors.every_subset():
            answer = browser.post(path, data={"asked": "y"})
            tried += 1
            if answer.status_code == 303:
                published.append(missing)
            else:
                assert answer.status_code == 409, missing
                assert "y-errs" in answer.text
    assert tried == 2 ** len(GATES)
    assert published == [frozenset()]
    assert silent.look().state == "published"


def test_no_job_publishes_whatever_the_gates_are(silent, doors):
    with silent.federation.app.app_context():
        for missing in doors.every_subset():
            for job in (tell, recheck):
                job(tenant_id=silent.federation.id, at=instant(SHOWN).isoformat())
            assert silent.look().state == "decided_publish", missing


def test_the_hourly_recheck_takes_down_whatever_lacks_a_gate(silent, doors):
    silent.publish()
    with doors.connection.transaction():
        doors.connection.execute("CREATE TEMP TABLE shown AS SELECT * FROM exposure")
    stood = []
    with silent.federation.app.app_context():
        for missing in doors.every_subset():
            recheck(tenant_id=silent.federation.id, at=instant(SHOWN, 16).isoformat())
            state = silent.look().state
            if state == "withdrawn":
                restore(doors.connection)
            else:
                stood.append((missing, state))
    assert stood == [(frozenset({"objection"}), "published"), (frozenset(), "published")]


def restore(connection):
    """As it was shown, so that the next subset can be looked at; the owner alone can do this."""
    with connection.transaction():
        connection.execute("ALTER TABLE exposure DISABLE TRIGGER USER")
        connection.execute(
            "UPDATE exposure e SET state = s.state, withdrawn_at = NULL, withdrawn_ground = NULL,"
            " withdrawn_note = NULL, withdrawal_told_at = NULL FROM shown s WHERE s.id = e.id"
        )
        connection.execute("ALTER TABLE exposure ENABLE TRIGGER USER")
