"""The pages of the register, clicked through without a browser."""

import csv
import io
import re

import pytest
from sqlalchemy import event, select

from blueprints.registry import imports
from blueprints.registry.import_models import ImportRun, RunState
from blueprints.registry.imports import Upload
from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.registry.sheets import open_sheet
from tenants.db import db
from tests.registry.making import HEADINGS, code, firm, sheet, total, xlsx


def fill(federation, *rows):
    with federation.scope():
        run = imports.receive(Upload(xlsx(sheet(rows)), "台账.xlsx"))
        imports.carry_out(run)
        db.session.commit()
        return run.id


def ids(federation):
    with federation.scope():
        return list(db.session.scalars(select(Enterprise.id).order_by(Enterprise.id)))


def upload(client, federation, data, name="台账.xlsx"):
    form = {"counted_on": "2026-03-01", "ledger": (io.BytesIO(data), name)}
    return client.post(federation.url("/imports"), data=form)


def test_the_list_shows_sums_and_leads_to_each_enterprise(ours, as_):
    fill(ours, firm(1), firm(2, union=False))
    shown = as_(ours.officer).get(ours.url("/enterprises"))
    assert shown.status_code == 200
    assert "<b>2</b> enterprises" in shown.text
    assert f"/enterprises/{ids(ours)[0]}" in shown.text
    assert "No union" in shown.text


def test_htmx_gets_only_the_list(ours, as_):
    fill(ours, firm(1))
    shown = as_(ours.officer).get(ours.url("/enterprises"), headers={"HX-Request": "true"})
    assert shown.text.lstrip().startswith('<div id="registry-list">')
    assert "HX-Request" in shown.headers["Vary"]


def test_an_empty_register_says_what_to_do(ours, as_):
    assert "Import a register" in as_(ours.officer).get(ours.url("/enterprises")).text


def test_leaves_turn_by_key_and_meet_every_enterprise_once(ours, as_):
    fill(ours, *(firm(n) for n in range(1, 121)))
    client, address, seen = as_(ours.officer), ours.url("/enterprises?sort=-headcount"), []
    while address:
        shown = client.get(address).text
        seen += re.findall(r'name="id" value="(\d+)"', shown)
        onward = re.search(r'rel="next" href="([^"]+)"', shown)
        address = onward[1].replace("&amp;", "&") if onward else None
    assert len(seen) == len(set(seen)) == 120


def queries_of(federation, client, address):
    asked = []

    def count(conn, cursor, statement, *rest):
        asked.append(statement)

    with federation.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(asked)


@pytest.mark.parametrize("path", ["/enterprises", "/enterprises?q=餐饮", "/unions", "/imports"])
def test_a_list_asks_as_often_for_one_row_as_for_thirty(ours, theirs, as_, path):
    fill(ours, firm(1))
    fill(theirs, *(firm(n) for n in range(1, 31)))
    few = queries_of(ours, as_(ours.officer), ours.url(path))
    many = queries_of(theirs, as_(theirs.officer), theirs.url(path))
    assert few == many


def test_an_export_holds_just_what_is_filtered_and_comes_back_unchanged(ours, as_):
    fill(
        ours, firm(1, industry="餐饮/住宿", area="石首市（开发区）"), firm(2, union=False), firm(3)
    )
    client = as_(ours.officer)
    sheet_out = client.get(ours.url("/enterprises/export.csv?q=2号"))
    rows = list(csv.reader(io.StringIO(sheet_out.data.decode("utf-8-sig"))))
    assert [row[1] for row in rows] == ["Credit code", code(2)]
    whole = client.get(ours.url("/enterprises/export.xlsx")).data
    with ours.scope():
        run = imports.receive(Upload(whole, "back.xlsx"))
        summary = imports.check(run).to_json()
        assert (summary["rows"], summary["unchanged"]) == (3, 3)


def test_exported_text_is_never_a_formula(ours, as_):
    fill(ours, firm(1, remark="=1+1", contact="@SUM(A1)"))
    out = as_(ours.officer).get(ours.url("/enterprises/export.csv")).data.decode("utf-8-sig")
    assert "'=1+1" in out
    assert "'@SUM(A1)" in out


def test_an_officer_registers_corrects_and_sees_it_in_the_timeline(ours, as_):
    client = as_(ours.officer)
    typed = {
        "name": "荆州新店餐饮有限公司",
        "credit_code": f" {code(7).lower()} ",
        "area": "421002",
        "industry": "62",
        "ownership": "",
        "headcount": "30",
        "women": "12",
        "phone": "0716-8800000",
        "contract_claimed": "",
    }
    made = client.post(ours.url("/enterprises"), data=typed)
    assert made.status_code == 303
    shown = client.get(made.location)
    assert code(7) in shown.text
    assert "Put on the register" in shown.text
    form = client.get(f"{made.location}/edit").text
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', form)[1]
    kept = {**typed, "seen": seen, "status": "active"}
    changed = client.post(made.location, data={**kept, "name": "荆州老店有限公司"})
    assert changed.status_code == 303
    assert "荆州新店餐饮有限公司" in client.get(made.location).text
    late = client.post(made.location, data=kept)
    assert late.status_code == 409


def test_a_wrong_form_keeps_what_was_typed_and_says_why(ours, as_):
    fill(ours, firm(1))
    client = as_(ours.officer)
    wrong = {"name": "某某有限公司", "credit_code": code(1)[:-1] + "0", "headcount": "10",
             "women": "12", "email": "hr@", "phone": "1"}  # fmt: skip
    refused = client.post(ours.url("/enterprises"), data=wrong)
    assert refused.status_code == 422
    for words in ("check digit", "more than all workers", "not an e-mail", "not a telephone"):
        assert words in refused.text
    assert 'value="hr@"' in refused.text
    taken = client.post(
        ours.url("/enterprises"), data={"name": "某某有限公司", "credit_code": code(1)}
    )
    assert taken.status_code == 422
    assert "is that of" in taken.text


def test_the_union_of_an_enterprise_is_named_changed_and_taken_away(ours, as_):
    fill(ours, firm(1, union=False))
    client, (ident,) = as_(ours.officer), ids(ours)
    own = {"choice": "own", "union_name": "北湖工会", "chair": "韩丽", "standing": "weak"}
    assert client.post(ours.url(f"/enterprises/{ident}/union"), data=own).status_code == 303
    assert "北湖工会" in client.get(ours.url(f"/enterprises/{ident}")).text
    assert client.get(ours.url("/enterprises?q=韩丽&standing=weak")).text.count("data-pick ") == 1
    gone = {**own, "choice": "none"}
    assert client.post(ours.url(f"/enterprises/{ident}/union"), data=gone).status_code == 303
    assert (
        "北湖工会"
        not in client.get(ours.url(f"/enterprises/{ident}")).text.split("What happened")[1]
    )


def test_two_records_become_one_and_the_old_address_leads_on(ours, as_):
    fill(ours, firm(1, code=""), firm(2, name="荆州测试甲店有限公司"))
    client, (kept, double) = as_(ours.officer), ids(ours)
    page = client.get(ours.url(f"/enterprises/{kept}/merge?double={double}"))
    assert "filled in from the double" in page.text
    merged = client.post(ours.url(f"/enterprises/{kept}/merge"), data={"double": double})
    assert merged.status_code == 303
    assert client.get(ours.url(f"/enterprises/{double}")).location == ours.url(
        f"/enterprises/{kept}"
    )
    assert "<b>1</b> enterprise" in client.get(ours.url("/enterprises")).text


def test_unions_and_associations_are_registered_and_corrected(ours, as_):
    client = as_(ours.officer)
    sector = {"name": "餐饮业工会联合会", "level": "sector", "standing": "able"}
    assert client.post(ours.url("/unions"), data=sector).status_code == 422
    made = client.post(ours.url("/unions"), data={**sector, "industry": "62", "area": "421000"})
    assert made.status_code == 303
    changed = client.post(made.location, data={**sector, "industry": "62", "chair": "韩丽"})
    assert changed.status_code == 303
    assert "韩丽" in client.get(made.location).text
    assert client.post(f"{made.location}/dissolution").status_code == 303
    side = {"name": "餐饮行业协会", "kind": "trade", "industry": "62"}
    assert client.post(ours.url("/associations"), data=side).status_code == 303
    assert "餐饮行业协会" in client.get(ours.url("/associations")).text


def test_the_wizard_leads_from_the_file_to_the_register(ours, as_, work):
    client = as_(ours.officer)
    rows = [firm(1), firm(2, code=code(2)[:-1] + "0"), firm(3, email="hr@")]
    step = upload(client, ours, xlsx(sheet([*rows, *total(rows)]), [["说明"]]))
    assert step.status_code == 303
    columns = client.get(step.location).text
    assert "Which column is which" in columns
    assert "The workbook has more sheets" in columns
    fields = ("name", "credit_code", "area", "industry", "headcount", "unionised", "email")
    mapping = dict(zip(fields, (1, 2, 3, 4, 6, 9, 14), strict=True))
    assert client.post(f"{step.location}/columns", data=mapping).status_code == 303
    dry = client.get(step.location).text
    assert "Dry run: nothing is written yet" in dry
    assert "does not pass its check digit" in dry
    assert ids(ours) == []
    assert "not an e-mail address" in client.get(f"{step.location}?show=warned").text
    assert client.post(f"{step.location}/confirmation").status_code == 303
    going = client.get(step.location).text
    assert 'hx-trigger="every 1s"' in going
    assert "<progress" in going
    assert "Reload to see" in going
    work()
    assert "2 enterprises registered" in client.get(step.location).text
    assert len(ids(ours)) == 2
    assert client.post(f"{step.location}/confirmation").status_code == 409


def test_rows_sent_back_can_be_corrected_and_brought_in_again(ours, as_):
    run_id = fill(ours, firm(1), firm(2, code=code(2)[:-1] + "0", remark="=1+1"))
    client = as_(ours.officer)
    back = client.get(ours.url(f"/imports/{run_id}/rejected.xlsx"))
    assert back.status_code == 200
    lines = open_sheet(back.data).head()
    assert lines[0][1][: len(HEADINGS)] == HEADINGS
    assert "check digit" in lines[1][1][-1]
    corrected = [lines[0][1], [*lines[1][1][:2], code(2), *lines[1][1][3:]]]
    with ours.scope():
        run = imports.receive(Upload(xlsx(corrected), "back.xlsx"))
        summary = imports.carry_out(run).to_json()
        db.session.commit()
    assert (summary["new"], summary["rejected"]) == (1, 0)


@pytest.mark.parametrize("data", [b"", b"MZ\x90" + bytes(99), b"\xd0\xcf\x11\xe0" + bytes(99)])
def test_a_file_that_is_no_ledger_is_refused_beside_the_field(ours, as_, data):
    refused = upload(as_(ours.officer), ours, data)
    assert refused.status_code == 422
    assert "y-err" in refused.text


def test_a_ledger_is_put_aside_before_it_is_imported(ours, as_):
    client = as_(ours.officer)
    step = upload(client, ours, xlsx(sheet([firm(1)])))
    assert client.post(f"{step.location}/dropping").status_code == 303
    with ours.scope():
        assert db.session.scalars(select(ImportRun.state)).all() == [RunState.DROPPED]
    assert client.get(step.location).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/enterprises/{id}", "/enterprises/{id}/edit", "/enterprises/{id}/merge", "/unions/{union}",
     "/unions/{union}/edit", "/imports/{run}", "/imports/{run}/rejected.xlsx"],
)  # fmt: skip
def test_another_federations_records_do_not_exist(ours, theirs, as_, path):
    run_id = fill(ours, firm(1))
    with ours.scope():
        union = db.session.scalars(select(TradeUnion.id)).first()
    address = path.format(id=ids(ours)[0], union=union, run=run_id)
    assert as_(ours.officer).get(ours.url(address)).status_code == 200
    assert as_(theirs.officer).get(theirs.url(address)).status_code == 404


def test_who_may_not_edit_sees_no_way_to(ours, as_):
    fill(ours, firm(1))
    client, (ident,) = as_(ours.auditor), ids(ours)
    assert "/edit" not in client.get(ours.url(f"/enterprises/{ident}")).text
    assert client.get(ours.url(f"/enterprises/{ident}/edit")).status_code == 403
    assert client.get(ours.url("/imports")).status_code == 403
    assert as_(ours.supervisor).get(ours.url(f"/enterprises/{ident}")).status_code == 404
    assert as_(ours.partner).get(ours.url("/enterprises")).status_code == 403
