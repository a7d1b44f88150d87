"""A database that was filled at an older revision is brought up to this one, and still holds.

The rows are those of two cases of today, put raw into the tables of then, as far as those have the
columns; the marks of the older days, such as a statement that does not say how it came, included.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import psycopg
import pytest
from alembic import command

from blueprints.exposures.queries import shown_publicly
from jobs.exposures import recheck, tell
from running.furnishing import APP, EXTENSIONS, FINDER, OWNER
from running.migrating import configuration, differences, migrate
from tenants.clock import at
from tenants.db import db
from tenants.scope import tenant_scope
from tests.exposures.world import HEARD, SHOWN, Silent
from tests.offers.world import instant
from tests.tenants.superuser import admin_url, superuser
from wsgi import create_app

__all__ = ["admin_url", "superuser"]
WORDS = "负责人更换，来函未转达。"
# What a case of the ladder stands on; notices and the trail are other rooms' to tell.
COPIED = (
    "tenant", "user", "document", "serial", "enterprise", "trade_union", "campaign", "offer",
    "offer_issuer", "service", "deadline", "feedback", "exposure_step", "exposure",
    "exposure_publication",
)  # fmt: skip
OLDER = ("0007_exposures", "0010_complete_delivery", "0011_hear_enterprises",
         "0017_visits")  # fmt: skip


@pytest.fixture
def cases(ours, theirs):
    """One that is public with its statement beside it, and one that is being heard."""
    public, heard = Silent(ours), Silent(theirs)
    for case in (public, heard):
        case.lapse()
        case.climb()
        case.propose()
    public.hear(WORDS)
    public.decide()
    public.publish()
    public.raise_()
    heard.check()
    heard.serve_intent()
    return public, heard


@pytest.fixture
def place(admin_url, settings, request) -> Iterator[object]:
    """An application on a database of its own, in the same cluster, without any table."""
    name = "older"
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {name} OWNER {OWNER}")
        admin.execute(f"GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {APP}")
    with psycopg.connect(other(admin_url, name)) as admin:
        for extension in EXTENSIONS:
            admin.execute(f"CREATE EXTENSION {extension}")
        admin.execute(f"ALTER SCHEMA public OWNER TO {OWNER}")
        admin.execute(f"GRANT CREATE, USAGE ON SCHEMA public TO {FINDER}")
    there = settings.model_copy(
        update={
            "database_url": other(settings.database_url, name),
            "database_owner_url": other(settings.database_owner_url, name),
        }
    )
    app = create_app(there, TESTING=True, TENANT_KEPT_SECONDS=0.0, THROTTLE=False)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    app.extensions["redis"].close()
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def other(url, name):
    """The address of another database of the same cluster."""
    return url.replace("/yaoyue?", f"/{name}?")


def fill(app, admin_url, tenants):
    """The rows of these federations into the tables of then, column by column of then."""
    then = other(admin_url, "older")
    with closing(psycopg.connect(admin_url)) as now, psycopg.connect(then) as old:
        old.execute("SET session_replication_role = replica")
        for table in COPIED:
            column = "id" if table == "tenant" else "tenant_id"
            (rows,) = now.execute(
                f"SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]')::text FROM \"{table}\" t"
                f" WHERE {column} = ANY(%s)",
                (list(tenants),),
            ).fetchone()
            old.execute(
                f'INSERT INTO "{table}" SELECT * FROM jsonb_populate_recordset('
                f'null::"{table}", %s)',
                (rows,),
            )


def states(app, tenant_id):
    with app.app_context(), tenant_scope(tenant_id):
        return db.session.execute(
            db.text("SELECT state, statement_channel, exposure_unmet(e, :day) FROM exposure e"),
            {"day": SHOWN},
        ).one()


@pytest.mark.parametrize("revision", OLDER)
def test_a_filled_database_is_upgraded_and_its_cases_stand_as_they_stood(
    app, cases, place, admin_url, revision
):
    public, heard = cases
    with place.app_context():
        command.upgrade(configuration(), revision)
    fill(place, admin_url, (public.federation.id, heard.federation.id))
    migrate(place)
    assert differences(place) == []
    assert states(place, public.federation.id) == ("published", "paper", [])
    state, _, unmet = states(place, heard.federation.id)
    assert state == "noticed"
    assert {"tripartite_opinion", "first_approval", "two_approvers"} <= set(unmet)
    with place.app_context():
        known = {"tenant_id": public.federation.id, "at": instant(SHOWN, 16).isoformat()}
        assert recheck(**known) == {
            "rechecked": 1, "expired": 0, "withdrawn": 0, "waived": 0, "dropped": 0,
        }  # fmt: skip
    with place.app_context(), tenant_scope(public.federation.id):
        assert [one.statement for one in shown_publicly(date.fromisoformat(SHOWN))] == [WORDS]
    with at(instant(SHOWN)):
        assert WORDS in place.test_client().get(public.federation.url("/announcements")).text


def test_the_law_of_today_holds_for_the_rows_of_then(app, cases, place, admin_url):
    public, heard = cases
    with place.app_context():
        command.upgrade(configuration(), OLDER[0])
    fill(place, admin_url, (public.federation.id, heard.federation.id))
    migrate(place)
    settings = place.extensions["settings"]
    with psycopg.connect(settings.database_url, autocommit=True) as service:
        service.execute(f"SELECT set_config('app.tenant_id', '{public.federation.id}', false)")
        service.execute(
            "INSERT INTO reply (tenant_id, offer_id, kind, channel, received_at, person_name)"
            f" VALUES ({public.federation.id}, {public.offer_id}, 'accept', 'paper',"
            " timestamptz '2025-08-27 03:00+00', 'x')"
        )
        found = service.execute("SELECT state, withdrawn_ground FROM exposure").fetchone()
        assert found == ("withdrawn", "remedied")
        service.execute(f"SELECT set_config('app.tenant_id', '{heard.federation.id}', false)")
        with pytest.raises(psycopg.errors.CheckViolation):
            service.execute(
                "INSERT INTO exposure_supplement (tenant_id, exposure_id, words, received_at,"
                f" channel, shown) VALUES ({heard.federation.id}, {heard.exposure_id}, 'x',"
                f" timestamptz '{instant(HEARD)}', 'paper', true)"
            )
    with place.app_context():
        assert tell(tenant_id=public.federation.id, at=instant("2025-08-28").isoformat()) == 1
