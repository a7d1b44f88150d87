"""What somebody bound to an area sees of a federation, and what of it they can change."""

from functools import partial

import pytest
from sqlalchemy import func, select, update

from blueprints.registry.models import Enterprise
from tenants.areas import missing, prefix_of
from tenants.db import AREAS, OutsideArea, TenantOwned, db
from tenants.scope import area_scope
from tests.offers.world import enterprise

HERE, THERE = "421002", "421003"


@pytest.fixture
def two(ours):
    """An enterprise in each of two areas, and one nowhere."""
    with ours.scope():
        for name, area in (("甲", HERE), ("乙", THERE), ("丙", None)):
            enterprise(f"示例{name}餐饮有限公司", area=area)
        db.session.commit()
    return ours


def names() -> list[str]:
    return list(db.session.scalars(select(Enterprise.name).order_by(Enterprise.id)))


@pytest.mark.parametrize(
    ("area", "seen"), [(HERE, "甲"), (THERE, "乙"), ("421000", "甲乙"), ("420000", "甲乙")]
)
def test_an_area_of_any_level_holds_what_lies_below_it(two, area, seen):
    with two.scope(), area_scope(area):
        assert names() == [f"示例{one}餐饮有限公司" for one in seen]
        assert db.session.scalar(select(func.count()).select_from(Enterprise)) == len(seen)


def test_what_lies_elsewhere_is_not_got_by_its_id(two):
    with two.scope():
        theirs = db.session.scalar(select(Enterprise.id).where(Enterprise.area == THERE))
        db.session.expunge_all()
        with area_scope(HERE):
            assert db.session.get(Enterprise, (two.id, theirs)) is None


def test_a_row_is_neither_made_nor_moved_elsewhere(two):
    with two.scope(), area_scope(HERE):
        enterprise("示例丁餐饮有限公司", area=THERE)
        with pytest.raises(OutsideArea):
            db.session.commit()
        db.session.rollback()
        db.session.scalars(select(Enterprise)).one().area = THERE
        with pytest.raises(OutsideArea):
            db.session.commit()


def test_a_statement_that_changes_many_leaves_other_areas_alone(two):
    with two.scope(), area_scope(HERE):
        db.session.execute(update(Enterprise).values(remark="x"))
        db.session.commit()
    with two.scope():
        changed = db.session.scalars(select(Enterprise.area).where(Enterprise.remark == "x"))
        assert list(changed) == [HERE]


def test_every_table_of_a_federation_says_when_it_lies_in_an_area():
    tables = [
        m.local_table.name for m in db.Model.registry.mappers if issubclass(m.class_, TenantOwned)
    ]
    assert missing(AREAS, tables) == []
    assert set(AREAS.lines) <= set(tables)


@pytest.mark.parametrize("wholly", [False, True])
def test_every_table_can_be_asked(two, wholly):
    """The condition of each table is one that the database takes, and nothing is there yet."""
    with two.scope(), area_scope(HERE):
        for mapper in db.Model.registry.mappers:
            cls = mapper.class_
            if issubclass(cls, TenantOwned) and mapper.local_table.name != "ballot_box":
                columns = partial(getattr, cls)
                lies = AREAS.on(mapper.local_table.name, columns, wholly=wholly)
                db.session.execute(select(cls.id).where(lies).limit(1)).all()


def test_the_code_of_an_area_begins_with_that_of_the_one_above():
    assert [prefix_of(c) for c in ("420000", "421000", "421002", "421002003")] == [
        "42", "4210", "421002", "421002003",
    ]  # fmt: skip
