"""How long it takes to issue a campaign to many enterprises, beside the bare statement.

    python -m bench.issue [addressees, 10000] [rounds, 5]

The floor is one INSERT … SELECT with CTEs that writes as many rows into the same tables with the
same indexes, with constants in the place of everything that is worked out. Each round makes both,
in turn; figures are the least, the middle and the greatest, and their ratio per round.
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

from sqlalchemy import text

from blueprints.offers.campaigns import actions as campaigns
from blueprints.offers.campaigns.scope import Scope
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.registry.union_actions import found_union
from embedded import services
from running.migrating import migrate
from tenants.db import db
from tenants.models import User
from tenants.provisioning import create
from tenants.scope import tenant_scope
from tenants.settings import Settings
from wsgi import create_app

ENTERPRISES = text("""
WITH own AS (
    INSERT INTO trade_union (tenant_id, name, level, area, standing, chair, sort_key, search_key)
    SELECT :tenant, 'union ' || n, 'enterprise', '421002',
        CASE n % 4 WHEN 3 THEN 'weak' ELSE 'able' END, 'chair ' || n, 'u' || n, 'u' || n
    FROM generate_series(1, :count) n WHERE n % 5 <> 0
    RETURNING id, substr(name, 7)::int AS n
)
INSERT INTO enterprise (tenant_id, name, credit_code, area, industry, industries, headcount,
    union_id, email, name_key, sort_key, search_key)
SELECT :tenant, 'enterprise ' || n, '91421002MA' || lpad(n::text, 8, '0'), '421002', '62',
    ARRAY['62'], 30, own.id, CASE WHEN n % 3 = 0 THEN NULL ELSE 'hr' || n || '@firm.example' END,
    'e' || n, 'e' || lpad(n::text, 8, '0'), 'e' || n
FROM generate_series(1, :count) n LEFT JOIN own USING (n)
""")
BARE = text("""
WITH made AS (
    INSERT INTO offer (tenant_id, campaign_id, enterprise_id, number, year, document_no, state,
        acting_mode, contract_kind, addressee_name, sealed_at)
    SELECT :tenant, :campaign, id, id, 1, :series || id, 'sealed', 'own', 'wage', name, now()
    FROM enterprise WHERE tenant_id = :tenant
    RETURNING id, enterprise_id
), signed AS (
    INSERT INTO offer_issuer (tenant_id, offer_id, union_id, role, name)
    SELECT :tenant, made.id, u, 'upper', 'union' FROM made, unnest(ARRAY[:one, :two]::bigint[]) u
), linked AS (
    INSERT INTO reply_link (tenant_id, offer_id, token, code)
    SELECT :tenant, id, replace(gen_random_uuid()::text, '-', ''), :series || id FROM made
)
INSERT INTO notice (tenant_id, kind, subject_kind, subject_id, recipient, recipient_name,
    batch_kind, batch_id, message_id, fields, address, state, due_at)
SELECT :tenant, 'offer', 'offer', id, 'enterprise:' || enterprise_id, 'name', 'campaign',
    :campaign, :message, '{"addressee_name": "x", "doc_no": "y", "reply_url": "z"}', 'a@b.example',
    'queued', now()
FROM made
""")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as folder, services(Path(folder)) as running:
        settings = Settings(
            database_url=running.database_url,
            database_owner_url=running.owner_url,
            redis_url=running.redis_url,
            secret_key="a key for the bench, no other use",  # noqa: S106
            YAOYUE_INSTANCE=Path(folder),
        )
        app = create_app(settings)
        migrate(app)
        with app.app_context():
            tenant_id = create(
                settings, "bench", name="示范市总工会", name_en="Model City",
                short_name="示工", division="421000",
            )  # fmt: skip
            with tenant_scope(tenant_id):
                measure(tenant_id, count, rounds)


def measure(tenant_id: int, count: int, rounds: int) -> None:
    officer, leader, upper, sector = settle(tenant_id, count)
    took, floor, submitting = [], [], []
    for number in range(rounds):
        campaign, spent = prepared(number, officer, leader, upper)
        submitting.append(spent)
        start = time.perf_counter()
        campaigns.send_out(campaign, by_id=officer)
        db.session.commit()
        took.append(time.perf_counter() - start)
        message = db.session.scalar(text("SELECT max(id) FROM message"))
        again, _ = prepared(-1 - number, officer, leader, upper)
        values = {"tenant": tenant_id, "campaign": again.id, "series": f"bare{number}-",
                  "one": upper, "two": sector, "message": message}  # fmt: skip
        start = time.perf_counter()
        db.session.execute(BARE, values)
        db.session.commit()
        floor.append(time.perf_counter() - start)
    ratios = [mine / bare for mine, bare in zip(took, floor, strict=True)]
    print(f"{count} addressees, {rounds} rounds")
    for name, figures in (
        ("submit: fix addressees (s)", submitting), ("issue, whole transaction (s)", took),
        ("bare statement (s)", floor), ("ratio", ratios),
    ):  # fmt: skip
        print(f"  {name:30} {min(figures):.3f} / {median(figures):.3f} / {max(figures):.3f}")


def settle(tenant_id: int, count: int) -> tuple[int, int, int, int]:
    people = [
        User(email=f"{role}@bench.example", name=role, role=role, status="invited")
        for role in ("officer", "approver")
    ]
    db.session.add_all(people)
    upper = found_union({"name": "示范市总工会", "level": "city", "standing": "able"})
    sector = found_union(
        {"name": "餐饮行业工会", "level": "sector", "industry": "62", "standing": "able"}
    )
    db.session.execute(ENTERPRISES, {"tenant": tenant_id, "count": count})
    db.session.commit()
    return people[0].id, people[1].id, upper.id, sector.id


def prepared(number: int, officer: int, leader: int, upper: int) -> tuple[Campaign, float]:
    """A campaign to all of them, approved; and how long its submission took."""
    campaign = campaigns.create(
        name=f"campaign {number}", contract_kind="wage", subject="工资", by_id=officer
    )
    scope = Scope(areas=("421002",), industries=("62",), not_offered_days=None)
    campaigns.save_scope(campaign, scope)
    campaigns.save_issuers(campaign, mode="double", union_id=upper, text_id="01b-offer-double")
    campaigns.save_content(
        campaign, subject="工资", contract_kind="wage", proposed_on=date(2026, 4, 20),
        proposed_place="会议室",
        letter={"contact_name": "王", "contact_phone": "0", "contact_address": "路",
                "acting_decision_no": "1", "acting_matters": "要约", "acting_from": "2026-01-01",
                "acting_until": "2026-12-31"},
        topics=({"title": "工资", "reason": "久未调整", "position": "上调"},),
    )  # fmt: skip
    db.session.execute(text("UPDATE offer SET state = 'closed' WHERE state <> 'closed'"))
    db.session.commit()
    start = time.perf_counter()
    campaigns.submit(campaign, by_id=officer)
    db.session.commit()
    spent = time.perf_counter() - start
    campaigns.approve(campaign, by_id=leader, note=None)
    db.session.commit()
    return campaign, spent


if __name__ == "__main__":
    main()
