"""How long the server takes for the pages of members, coverage and forecast of a whole city.

    python -m bench.coverage [enterprises, 30000] [contracts, 5000] [rounds, 9]

The floor is the page of a contract list, which reads fifty rows and counts. Each round opens every
page once, in turn, through the whole application; figures are the least, the middle and the
greatest in milliseconds, and the middle of each page's ratio to the floor of its own round.
"""

import sys
import tempfile
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from blueprints.contracts.forecast.finding import refresh
from blueprints.shared.guards import _viewer_of
from embedded import services
from running.migrating import migrate
from tenants.clock import now
from tenants.db import db
from tenants.models import User
from tenants.provisioning import create
from tenants.scope import tenant_scope
from tenants.settings import Settings
from wsgi import create_app

ON = date(2026, 3, 2)
ENTERPRISES = text("""
WITH own AS (
    INSERT INTO trade_union (tenant_id, name, level, area, standing, chair, sort_key, search_key)
    SELECT :tenant, 'union ' || n, 'enterprise', '421002', 'able', 'chair', 'u' || n, 'u' || n
    FROM generate_series(1, :count) n WHERE n % 3 <> 0
    RETURNING id, substr(name, 7)::int AS n
)
INSERT INTO enterprise (tenant_id, name, credit_code, area, industry, industries, headcount,
    counted_on, union_id, name_key, sort_key, search_key)
SELECT :tenant, 'enterprise ' || n, '91421002MA' || lpad(n::text, 8, '0'),
    (ARRAY['421002','421003','421022','421024','421081','421083','421087','421088'])[n % 8 + 1],
    (ARRAY['62','61','13','17','26','33','34','36','47','51','52','54'])[n % 12 + 1],
    ARRAY[(ARRAY['62','61','13','17','26','33','34','36','47','51','52','54'])[n % 12 + 1]],
    10 + n % 190, DATE '2026-01-01', own.id, 'e' || n, 'e' || lpad(n::text, 8, '0'), 'e' || n
FROM generate_series(1, :count) n LEFT JOIN own USING (n)
""")
COUNTS = text("""
INSERT INTO headcount (tenant_id, enterprise_id, counted_on, total, source)
SELECT tenant_id, id, DATE '2026-01-01', headcount, 'bench' FROM enterprise
WHERE tenant_id = :tenant
""")
CONTRACTS = text("""
INSERT INTO contract (tenant_id, document_no, name, sort_key, kind, level, origin, state,
    enterprise_id, industry, area, worker_side, employer_side, binding_mode, signed_on,
    effective_on, effective_at, effective_basis, term_from, term_to, text, text_hash, public_token,
    created_by_id)
SELECT :tenant, 'C' || n, 'contract ' || n, 'c' || lpad(n::text, 6, '0'),
    CASE n % 3 WHEN 0 THEN 'comprehensive' ELSE 'wage' END,
    CASE WHEN n % 25 = 0 THEN 'industry' ELSE 'enterprise' END, 'imported', 'published',
    CASE WHEN n % 25 = 0 THEN NULL ELSE (SELECT min(id) FROM enterprise) + n END,
    CASE WHEN n % 25 = 0 THEN '62' END, CASE WHEN n % 25 = 0 THEN '421002' END, 'w', 'e',
    CASE WHEN n % 25 = 0 THEN 'ALL_IN_SCOPE' END, since - 20, since, now(), 'imported', since,
    since + 365, n::text, encode(sha256(convert_to(n::text, 'UTF8')), 'hex'), 't' || n, :by
FROM (SELECT n, DATE '2025-03-10' + (n % 340)::int AS since
      FROM generate_series(1, :count) n) made
""")
MEMBERS = text("""
INSERT INTO membership (tenant_id, contract_id, enterprise_id, state, basis, valid_from)
SELECT :tenant, c.id, c.enterprise_id, 'active', 'sealed', c.effective_on
FROM contract c WHERE c.tenant_id = :tenant AND c.enterprise_id IS NOT NULL
UNION ALL
SELECT :tenant, c.id, first.id + (c.place * 137 + n) % :enterprises, 'active', 'in_scope',
    c.effective_on
FROM (SELECT id, effective_on, row_number() OVER (ORDER BY id) AS place FROM contract
      WHERE tenant_id = :tenant AND enterprise_id IS NULL) c,
    (SELECT min(id) AS id FROM enterprise WHERE tenant_id = :tenant) first,
    generate_series(1, 137) n
""")
PAGES = {
    "list of contracts (floor)": "/contracts",
    "members of a contract": "/contracts/{contract}/members",
    "coverage": "/coverage?on=2026-03-02",
    "coverage, enterprises": "/coverage/enterprises?on=2026-03-02",
    "forecast": "/forecast",
    "forecast, months": "/forecast/months",
    "forecast, supervisor days": "/forecast/load",
}


def main() -> None:
    enterprises, contracts, rounds = (
        int(sys.argv[n]) if len(sys.argv) > n else known
        for n, known in ((1, 30_000), (2, 5_000), (3, 9))
    )
    with tempfile.TemporaryDirectory() as folder, services(Path(folder)) as running:
        settings = Settings(
            database_url=running.database_url,
            database_owner_url=running.owner_url,
            redis_url=running.redis_url,
            secret_key="a key for the bench, no other use",  # noqa: S106 - protects nothing
            YAOYUE_INSTANCE=Path(folder),
        )
        app = create_app(settings, THROTTLE=False)
        migrate(app)
        with app.app_context():
            tenant_id = create(
                settings, "bench", name="示范市总工会", name_en="Model City",
                short_name="示工", division="421000",
            )  # fmt: skip
            with tenant_scope(tenant_id):
                officer, contract = settle(tenant_id, enterprises, contracts)
        measure(app, officer, contract, rounds)


def settle(tenant_id: int, enterprises: int, contracts: int) -> tuple[User, int]:
    """A city with its enterprises, contracts, members and a forecast that is up to date."""
    officer = User(
        email="officer@bench.example", name="officer", role="officer", locale="zh_CN",
        status="active", password_hash="-",  # noqa: S106 - nobody signs in with it
    )  # fmt: skip
    db.session.add(officer)
    db.session.commit()
    known = {"tenant": tenant_id, "count": enterprises, "enterprises": enterprises}
    db.session.execute(ENTERPRISES, known)
    db.session.execute(COUNTS, known)
    db.session.execute(CONTRACTS, {"tenant": tenant_id, "count": contracts, "by": officer.id})
    db.session.execute(MEMBERS, known)
    db.session.commit()
    for table in ("enterprise", "headcount", "contract", "membership"):
        db.session.execute(text(f"ANALYZE {table}"))
    db.session.commit()
    start = time.perf_counter()
    lines = refresh(ON)
    db.session.commit()
    members = db.session.scalar(text("SELECT count(*) FROM membership"))
    print(f"{enterprises} enterprises, {contracts} contracts, {members} memberships")
    print(f"the sweep of the forecast: {lines} lines in {time.perf_counter() - start:.2f} s")
    start = time.perf_counter()
    refresh(ON)
    db.session.commit()
    print(f"the same again: {time.perf_counter() - start:.2f} s")
    largest = text("SELECT id FROM contract WHERE enterprise_id IS NULL ORDER BY id LIMIT 1")
    ident = int(db.session.scalar(largest) or 0)
    db.session.refresh(officer)
    db.session.expunge(officer)
    return officer, ident


def measure(app: Flask, officer: User, contract: int, rounds: int) -> None:
    browser = signed_in(app, officer)
    took: dict[str, list[float]] = {name: [] for name in PAGES}
    for _ in range(rounds + 1):
        for name, path in PAGES.items():
            start = time.perf_counter()
            answer = browser.get("/bench" + path.format(contract=contract))
            took[name].append((time.perf_counter() - start) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{path}: {answer.status_code}")
    floor = took[next(iter(PAGES))][1:]
    for name, figures in took.items():
        warm = figures[1:]
        ratio = median(one / bare for one, bare in zip(warm, floor, strict=True))
        line = f"{min(warm):6.0f} / {median(warm):6.0f} / {max(warm):6.0f} ms"
        print(f"  {name:28} {line}   x {ratio:.1f}")


def signed_in(app: Flask, officer: User) -> FlaskClient:
    browser = app.test_client()
    kept: dict[str, Any] = asdict(_viewer_of(officer, 1))
    with browser.session_transaction() as session:
        session["viewer"] = kept
        session["since"] = now().timestamp()
        session["_user_id"] = str(officer.id)
        session["_fresh"] = True
    return browser


if __name__ == "__main__":
    main()
