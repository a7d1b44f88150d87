"""From the staging table into the register: a handful of statements, one transaction."""

from datetime import date
from typing import Any

from sqlalchemy import text

from blueprints.registry.import_models import ImportRun
from tenants.db import db
from tenants.scope import current_tenant_id

_FACTS = (
    "name", "name_key", "sort_key", "search_key", "credit_code", "area", "locality", "address",
    "industry", "industries", "ownership", "headcount", "women", "frontline", "contact_name",
    "phone", "email", "contract_claimed", "contract_claimed_until", "remark", "union_id",
)  # fmt: skip
_LISTED = ", ".join(_FACTS)
_COUNTED = "CASE WHEN s.counts_changed THEN CAST(:counted_on AS date) END"

IDS = """
UPDATE import_stage SET
  enterprise_id = CASE WHEN outcome = 'new' THEN nextval('enterprise_id_seq')
                       ELSE enterprise_id END,
  union_id = CASE WHEN union_new THEN nextval('trade_union_id_seq') ELSE union_id END
WHERE outcome = 'new' OR union_new
"""
# A federation's first ledger comes before any statistics of its tables. With these the planner
# cannot come to walk the whole stage once for each enterprise. They are made before the stage
# is first updated: an index over rows changed in this transaction would not be used in it.
INDEXES = (
    "CREATE INDEX ON import_stage (enterprise_id) WHERE outcome = 'changed'",
    "CREATE INDEX ON import_stage (union_id) WHERE union_changed",
)
STATISTICS = "ANALYZE import_stage"
UNIONS = """
INSERT INTO trade_union
  (tenant_id, id, name, level, parent_id, area, standing, chair, sort_key, search_key)
SELECT :tenant, s.union_id, s.union_name, 'enterprise', coalesce(above.id, city.id), s.area,
       CASE WHEN s.chair IS NULL THEN 'weak' ELSE 'able' END, s.chair, s.union_sort, s.union_search
  FROM import_stage s
  LEFT JOIN (SELECT DISTINCT ON (area) area, id FROM trade_union
              WHERE tenant_id = :tenant AND level = 'county' AND status = 'active'
              ORDER BY area, id) above ON above.area = s.area
  LEFT JOIN (SELECT id FROM trade_union WHERE tenant_id = :tenant AND level = 'city'
              ORDER BY id LIMIT 1) city ON true
 WHERE s.union_new
"""
UNIONS_CHANGED = """
UPDATE trade_union u SET name = s.union_name, chair = s.chair, sort_key = s.union_sort,
       search_key = s.union_search, updated_at = now()
  FROM import_stage s
 WHERE u.tenant_id = :tenant AND u.id = s.union_id AND s.union_changed
"""
# Only names of columns of ours go into these two texts.
NEW = f"""
INSERT INTO enterprise (tenant_id, id, counted_on, {_LISTED})
SELECT :tenant, s.enterprise_id, {_COUNTED}, {", ".join(f"s.{name}" for name in _FACTS)}
  FROM import_stage s WHERE s.outcome = 'new' ORDER BY s.number
"""  # noqa: S608
CHANGED = f"""
UPDATE enterprise e SET {", ".join(f"{name} = s.{name}" for name in _FACTS)},
       counted_on = coalesce({_COUNTED}, e.counted_on), updated_at = now()
  FROM import_stage s
 WHERE e.tenant_id = :tenant AND e.id = s.enterprise_id AND s.outcome = 'changed'
"""  # noqa: S608
COUNTS = """
INSERT INTO headcount (tenant_id, enterprise_id, counted_on, total, women, frontline, source)
SELECT :tenant, s.enterprise_id, CAST(:counted_on AS date), s.headcount, s.women, s.frontline,
       'import'
  FROM import_stage s WHERE s.counts_changed
ON CONFLICT (tenant_id, enterprise_id, counted_on) DO UPDATE
  SET total = excluded.total, women = excluded.women, frontline = excluded.frontline,
      source = excluded.source
"""
NAMES = """
INSERT INTO enterprise_name (tenant_id, enterprise_id, name, until_on)
SELECT :tenant, s.enterprise_id, former, NULL
  FROM import_stage s, unnest(s.former_names) AS former
UNION ALL
SELECT :tenant, s.enterprise_id, s.old_name, CAST(:counted_on AS date)
  FROM import_stage s WHERE s.old_name IS NOT NULL
ON CONFLICT DO NOTHING
"""
FORGET = "DELETE FROM import_row WHERE tenant_id = :tenant AND run_id = :run"
REPORT = """
INSERT INTO import_row
  (tenant_id, run_id, number, outcome, enterprise_id, name, credit_code, findings, changes, cells)
SELECT :tenant, :run, number, outcome, enterprise_id, name, credit_code, findings, changes, cells
  FROM import_stage
"""


def write_register(counted_on: date) -> None:
    """Write all that is staged as new or changed."""
    written = (UNIONS, UNIONS_CHANGED, NEW, CHANGED, COUNTS, NAMES)
    for statement in (*INDEXES, IDS, STATISTICS, *written):
        _run(statement, counted_on=counted_on)


def write_report(run: ImportRun) -> None:
    """Keep what was found, line by line, in place of what an earlier look had found."""
    _run(FORGET, run=run.id)
    _run(REPORT, run=run.id)


def _run(statement: str, **values: Any) -> None:
    needed = {name: value for name, value in values.items() if f":{name}" in statement}
    tenant = {"tenant": current_tenant_id()} if ":tenant" in statement else {}
    db.session.execute(text(statement), needed | tenant)
