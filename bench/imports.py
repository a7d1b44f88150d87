"""How long a ledger of 50,000 rows takes, and how much memory: `python -m bench.imports`."""

import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter
from stdnum.cn import uscc

from blueprints.registry import imports
from blueprints.registry.areas import city_of
from blueprints.registry.columns import FIELDS
from blueprints.registry.industries import divisions
from embedded import services
from running.migrating import migrate
from tenants import provisioning
from tenants.settings import Settings
from wsgi import create_app

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FIRST, SECOND = "宏华荣凯金德福正汇鼎盛锦恒", "达泰丰信源晟顺阳通隆穗港"
FIELDS_WRITTEN = (
    "name", "credit_code", "area", "industry", "ownership", "headcount", "women", "frontline",
    "unionised", "union_name", "chair", "contact_name", "phone", "email", "contract",
    "contract_until", "remark",
)  # fmt: skip


def make(path: Path, rows: int) -> None:
    """A ledger of made-up firms, always the same one, with one row in fifty at fault."""
    chance = random.Random(17)
    areas = city_of("421000").areas
    trades = list(divisions().values())
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("台账")
    sheet.write_row(0, 0, ["企业集体协商台账"])
    sheet.write_row(1, 0, ["序号", *(FIELDS[name].headings[0] for name in FIELDS_WRITTEN)])
    for n in range(rows):
        area = chance.choice(areas)
        body = f"91{area.code}MA" + "".join(chance.choices(ALPHABET, k=7))
        code = body + (uscc.calc_check_digit(body) if n % 50 else "0")
        name = f"{area.name.zh}{''.join(chance.choices(FIRST + SECOND, k=4))}有限公司{n}"
        total = chance.randrange(5, 900)
        union = [f"{name}工会委员会", "张三"] if chance.random() < 0.7 else ["", ""]
        signed = chance.random() < 0.4
        sheet.write_row(
            n + 2,
            0,
            [n + 1, name, code, area.name.zh, chance.choice(trades).name.zh, "有限责任公司", total,
             total // 3, total // 2, "是" if union[0] else "否", *union, "李四",
             f"138{n:08d}", f"hr{n}@firm.example", "是" if signed else "否",
             "2027-03-31" if signed else "", ""],
        )  # fmt: skip
    book.close()


def main(rows: int = 50_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        make(path, rows)
        with services(Path(folder) / "instance") as running:
            settings = Settings(
                database_url=running.database_url,
                database_owner_url=running.owner_url,
                redis_url=running.redis_url,
                secret_key="a key for the bench, nothing else",  # noqa: S106
                YAOYUE_INSTANCE=Path(folder) / "instance",
            )
            app = create_app(settings)
            migrate(app)
            with app.app_context():
                provisioning.create(
                    settings,
                    "bench",
                    name="测试",
                    name_en="Bench",
                    short_name="测",
                    division="421000",
                )
                for label, dry in (("dry run", True), ("import", False), ("again", False)):
                    began, worked = time.perf_counter(), time.process_time()
                    told = imports.import_file("bench", path, dry_run=dry)
                    seconds = round(time.perf_counter() - began, 2)
                    cpu = round(time.process_time() - worked, 2)
                    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
                    kept = {k: told[k] for k in ("rows", "new", "changed", "unchanged", "rejected")}
                    line = {"step": label, "seconds": seconds, "cpu": cpu, "peak_mb": peak}
                    print(json.dumps(line | kept))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
