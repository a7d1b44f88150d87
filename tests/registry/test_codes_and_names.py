"""Credit codes, names, areas and trades as people write them."""

import pytest

from blueprints.registry import codes, industries, names
from blueprints.registry.areas import area_name, city_of
from blueprints.registry.columns import FIELDS, map_columns
from blueprints.registry.kinds import OWNERSHIPS, Size, find_ownership, size_of
from tests.registry.making import code

SOUND = code(1)


@pytest.mark.parametrize(
    "written",
    [SOUND, f" {SOUND.lower()}\u3000", SOUND.translate({48 + n: 0xFF10 + n for n in range(10)})],
)
def test_a_code_is_read_however_wide_or_spaced_it_is_written(written):
    assert codes.read_code(written) == SOUND
    assert codes.fault_in_code(codes.read_code(written)) is None


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (SOUND[:-1], "code_length"),
        (SOUND[:-1] + ("0" if SOUND[-1] != "0" else "1"), "code_check"),
        ("O" + SOUND[1:], "code_characters"),
        ("9.14211E+17", "code_scientific"),
    ],
)
def test_each_fault_of_a_code_has_its_own_reason(written, fault):
    assert codes.fault_in_code(codes.read_code(written)) == fault
    assert codes.REASONS[fault].zh


def test_a_former_name_in_brackets_is_told_from_the_name():
    assert names.read_name("松滋福星商业有限公司\n(原永泰公司)") == (
        "松滋福星商业有限公司",
        ("永泰公司",),
    )
    assert names.read_name("洪湖车桥(集团)有限公司") == ("洪湖车桥（集团）有限公司", ())


def test_two_spellings_of_a_name_have_one_key():
    assert names.name_key("洪湖车桥(集团) 有限公司") == names.name_key("洪湖车桥（集团）有限公司")


def test_surnames_and_rivers_are_read_as_they_are_said():
    assert names.person_syllables("单琴")[0] == "shan"
    assert names.sort_key("荆州长江重庆酒店") == "jing zhou chang jiang chong qing jiu dian"


@pytest.mark.parametrize(
    ("written", "area", "beyond"),
    [
        ("沙市区", "421002", ""),
        ("石首市（开发区）", "421081", "开发区"),
        ("湖北省荆州市荆州区西城街道", "421003", "西城街道"),
        ("公安", "421022", ""),
        ("监利县", "421088", ""),
        ("Shashi District", "421002", ""),
    ],
)
def test_an_area_is_found_by_what_is_written(written, area, beyond):
    found = city_of("421000").find(written)
    assert found is not None
    assert (found[0].code, found[1]) == (area, beyond)


def test_the_short_name_of_the_city_is_not_taken_for_a_district():
    assert city_of("421000").find("荆州") is None
    assert city_of("150600").find("鄂托克前旗")[0].code == "150623"
    assert city_of("150600").find("鄂托克旗")[0].code == "150624"


def test_unknown_places_keep_their_code():
    assert area_name("999900").zh == "999900"
    assert city_of("999900").find("某区") is None


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("餐饮业", ("62",)),
        ("餐饮/住宿", ("62", "61")),
        ("住宿业、餐饮业", ("61", "62")),
        ("H62", ("62",)),
        ("6110 旅游饭店", ("61",)),
        ("机动车、电子产品和日用产品修理业", ("81",)),
        ("Catering/Accommodation", ("62", "61")),
        ("商贸", ("52",)),
        ("没有这一行", ()),
    ],
)
def test_trades_are_found_by_what_is_written(written, found):
    assert industries.find(written) == found


def test_every_division_of_the_standard_is_found_by_its_own_name():
    assert len(industries.divisions()) == 97
    for division in industries.divisions().values():
        assert industries.find(division.name.zh) == (division.code,)


def test_every_kind_of_registration_is_found_in_both_languages():
    for kind, words in OWNERSHIPS.items():
        assert find_ownership(words.zh) == kind
        assert find_ownership(words.en) == kind


def test_every_field_is_recognised_by_its_own_labels():
    for field in FIELDS.values():
        assert map_columns([field.label.zh]) == {field.name: 0}
        assert map_columns([field.label.en]) == {field.name: 0}


def test_sizes_meet_at_their_bounds():
    assert [size_of(n) for n in (0, 24, 25, 99, 100, 999, 1000, None)] == [
        Size.UNDER_25, Size.UNDER_25, Size.TO_99, Size.TO_99, Size.TO_299, Size.TO_999,
        Size.LARGE, Size.UNKNOWN,
    ]  # fmt: skip
