"""The columns of a roster on a sheet: what each is called, and how a cell of it is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from blueprints.bargaining.ground.labels import CHOSEN, SEATS
from blueprints.bargaining.ground.models import CaseEnterprise
from blueprints.bargaining.ground.team_models import Chosen, Representative
from blueprints.registry import values
from blueprints.registry.columns import heading_key
from blueprints.registry.names import name_key
from rules.representation import GROUPS, ROLES
from rules.words import Text

Read = Callable[[str], str | list[str] | None]


@dataclass(frozen=True)
class Column:
    """`field` is that of the form; a sheet may head the column with either label or an alias."""

    field: str
    label: Text
    aliases: tuple[str, ...] = ()


COLUMNS = (
    Column("name", Text("姓名", "Full name"), ("代表姓名", "name")),
    Column(
        "title", Text("职务（岗位）", "Post or office"), ("职务", "岗位", "工种", "post", "title")
    ),
    Column("enterprise_id", Text("所在企业", "Works at"), ("企业", "单位", "企业名称", "所在单位")),
    Column("chosen", Text("产生方式", "How chosen"), ("产生办法", "方式")),
    Column("chosen_on", Text("产生日期", "Chosen on"), ("日期", "选举日期")),
    Column("electorate", Text("应参加人数", "Entitled to vote"), ("应到人数", "应参加", "应到")),
    Column("votes_for", Text("同意票", "Votes for"), ("得票", "得票数", "同意票数", "赞成票")),
    Column("chief", Text("首席代表", "Chief representative"), ("首席", "chief")),
    Column("outsider", Text("外聘", "From outside"), ("外部代表", "外聘代表", "outsider")),
    Column("groups", Text("所属群体", "Belongs to"), ("群体", "类别")),
    Column("sex", Text("性别", "Sex")),
    Column("roles", Text("另任职务", "Holds an office that may bar it"), ("回避情形",)),
    Column("seat", Text("席位", "Seat"), ("身份",)),
    Column("phone", Text("联系电话", "Telephone"), ("电话", "手机", "phone")),
    Column("email", Text("电子邮箱", "E-mail"), ("邮箱", "email")),
    Column("note", Text("备注", "Remark"), ("说明",)),
)
BY_FIELD = {column.field: column for column in COLUMNS}
HEADINGS = {
    heading_key(name): column.field
    for column in COLUMNS
    for name in (*column.aliases, column.label.en, column.label.zh)
}
# What people write for it beside the words on our own pages.
SHORT: Mapping[str, tuple[str, ...]] = {
    Chosen.ELECTED_CONGRESS: ("选举", "职代会选举", "职工代表大会选举", "职工大会选举", "大会选举"),
    Chosen.ELECTED_ALL: ("全体选举",),
    Chosen.RECOMMENDED: ("民主推荐", "推荐"),
    Chosen.UNION_CHAIR: ("工会主席",),
    Chosen.UNION_APPOINTED: ("委派", "工会选派", "选派", "工会指派"),
    Chosen.LEGAL_REPRESENTATIVE: ("法定代表人", "法人代表", "主要负责人"),
    Chosen.EMPLOYER_APPOINTED: ("指派", "企业选派", "企业委派"),
    Chosen.ASSOCIATION_ELECTED: ("推选", "协会推选", "企业推选"),
    Chosen.MANDATE: ("委托", "授权委托"),
    Chosen.JOINTLY: ("共同确定",),
}
WOMAN = {"女", "f", "female"}
_MARKS = str.maketrans(dict.fromkeys(",，;；/|", "、"))


def readers(ways: Sequence[str], firms: Sequence[CaseEnterprise]) -> Mapping[str, Read]:
    """How the cells are read that have a fixed set of answers; None: not one of them."""
    chosen = {key: (CHOSEN[key], *SHORT[key]) for key in ways}
    seats = {key: (words,) for key, words in SEATS.items()}
    names = {name_key(firm.name): str(firm.enterprise_id) for firm in firms}
    return {
        "chosen": _one_of(chosen),
        "seat": _one_of(seats),
        "groups": _many_of({key: (words,) for key, words in GROUPS.items()}),
        "roles": _many_of({key: (words,) for key, words in ROLES.items()}),
        "enterprise_id": lambda cell: names.get(name_key(cell)),
        "chosen_on": _day,
        "electorate": _count,
        "votes_for": _count,
        "chief": _yes_no,
        "outsider": _yes_no,
    }


def _one_of(words: Mapping[str, Sequence[Any]]) -> Read:
    known = {
        heading_key(form): key
        for key, forms in words.items()
        for one in forms
        for form in ((one.zh, one.en, key) if isinstance(one, Text) else (one,))
    }
    return lambda cell: known.get(heading_key(cell))


def _many_of(words: Mapping[str, Sequence[Any]]) -> Read:
    one_of = _one_of(words)

    def read(cell: str) -> list[str] | None:
        found = [one_of(part) for part in cell.translate(_MARKS).split("、") if part.strip()]
        return None if None in found else [str(one) for one in found]

    return read


def _day(cell: str) -> str | None:
    day = values.read_day(cell)
    return day.isoformat() if day else None


def _count(cell: str) -> str | None:
    found = values.read_count(cell)
    return str(found[0]) if found else None


def _yes_no(cell: str) -> str | None:
    said = values.read_yes_no(cell)
    return None if said is None else ("y" if said else "")


def written(one: Representative, firms: Mapping[int, str], say: Callable[[Text], str]) -> list[Any]:
    """Somebody as a row of the same columns, so that a sheet taken away can be brought back."""
    cells: dict[str, Any] = {
        "name": one.name, "title": one.title, "enterprise_id": firms.get(one.enterprise_id or 0),
        "chosen": say(CHOSEN[one.chosen]), "chosen_on": one.chosen_on,
        "electorate": one.electorate, "votes_for": one.votes_for,
        "chief": say(YES) if one.chief else None, "outsider": say(YES) if one.outsider else None,
        "groups": "、".join(say(GROUPS[key]) for key in one.groups),
        "roles": "、".join(say(ROLES[key]) for key in one.roles),
        "seat": say(SEATS[one.seat]), "phone": one.phone, "email": one.email, "note": one.note,
    }  # fmt: skip
    return [cells.get(column.field) for column in COLUMNS]


YES = Text("是", "yes")
