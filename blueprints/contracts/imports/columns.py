"""Which column of a sheet of contracts is which, and what one line of it says."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from blueprints.contracts.ground.labels import KINDS, LEVELS
from blueprints.contracts.ground.models import ContractKind, Reach, Topic
from blueprints.registry import industries
from blueprints.registry.areas import City
from blueprints.registry.codes import fault_in_code
from blueprints.registry.columns import heading_key
from blueprints.registry.values import is_nothing, read_day
from blueprints.registry.widths import plain
from rules.reckoning import ONE, add_months
from rules.words import Text

YEAR = 12
LONGEST = 200
# What a column holds, and what sheets head it with. Our own export comes first.
FIELDS: Mapping[str, tuple[Text, tuple[str, ...]]] = {
    "name": (
        Text("合同名称", "Name of the contract"),
        ("合同名称", "集体合同名称", "名称", "name"),
    ),
    "number": (Text("原编号", "Its former number"), ("原编号", "合同编号", "编号", "number")),
    "kind": (Text("合同种类", "Kind"), ("合同种类", "种类", "合同类型", "类型", "kind")),
    "level": (Text("层级", "Level"), ("层级", "覆盖层级", "合同层级", "level")),
    "code": (
        Text("统一社会信用代码", "Credit code"),
        ("统一社会信用代码", "社会信用代码", "信用代码", "creditcode"),
    ),
    "area": (Text("所属县（市、区）", "Area"), ("所属县市区", "县市区", "区县", "属地", "area")),
    "industry": (Text("所属行业", "Industry"), ("所属行业", "行业", "industry")),
    "worker_side": (Text("职工方", "Workers' side"), ("职工方", "工会", "工会名称", "workers")),
    "employer_side": (
        Text("企业方", "Employers' side"),
        ("企业方", "企业名称", "单位名称", "用人单位", "协会", "employer"),
    ),
    "signed_on": (Text("签订日期", "Signed on"), ("签订日期", "签订时间", "签约日期", "signedon")),
    "filed_on": (Text("报送日期", "Filed on"), ("报送日期", "备案日期", "送审日期", "filedon")),
    "receipt": (Text("受理编号", "Receipt number"), ("受理编号", "备案号", "受理单号", "receipt")),
    "effective_on": (
        Text("生效日期", "In force from"),
        ("生效日期", "生效时间", "合同起始日期", "起始日期", "有效期起", "effectiveon"),
    ),
    "ends_on": (
        Text("期满日期", "Until"),
        ("期满日期", "到期日期", "终止日期", "合同到期日", "有效期至", "有效期止", "endson"),
    ),
    "bound": (
        Text("覆盖企业信用代码", "Credit codes of the enterprises bound"),
        ("覆盖企业信用代码", "覆盖企业", "受约束企业", "bound"),
    ),
}
REASONS: Mapping[str, Text] = {
    "name_missing": Text("缺少合同名称", "The name of the contract is missing"),
    "kind_unknown": Text("认不出合同种类", "The kind of contract is not one we know"),
    "level_unknown": Text("认不出层级", "The level is not one we know"),
    "code_missing": Text(
        "企业合同须填统一社会信用代码", "A contract of one enterprise needs its credit code"
    ),
    "code_invalid": Text("统一社会信用代码有误", "The credit code is not right"),
    "enterprise_unknown": Text(
        "名册中没有这家企业，请先登记", "The enterprise is not on the register; register it first"
    ),
    "industry_unknown": Text("行业合同须填行业", "An industry contract needs its industry"),
    "area_unknown": Text(
        "认不出所属县（市、区）", "The county or district is not one of this city's"
    ),
    "date_missing": Text("缺少日期", "The day is missing"),
    "date_unreadable": Text(
        "读不出日期，请写成2026-03-31", "This is not a date; write it as 2026-03-31"
    ),
    "signed_later": Text("签订日期晚于生效日期", "It was signed after it took effect"),
    "not_yet": Text(
        "生效日期尚未到来；请按报送审查程序办理", "It is not in force yet; file it in the usual way"
    ),
    "ends_early": Text("期满日期早于生效日期", "It ends before it begins"),
    "no_receipt": Text(
        "没有受理编号，无法证明已经报送", "There is no receipt number to prove that it was filed"
    ),
    "twice": Text("与第{row}行是同一份合同", "It is the same contract as row {row}"),
}
WARNINGS: Mapping[str, Text] = {
    "bound_unknown": Text(
        "覆盖企业中有{count}个代码不在名册，未采用",
        "{count} of the codes of enterprises bound are not on the register; left out",
    ),
    "bound_missing": Text(
        "没有列明覆盖企业，只登记合同，不计覆盖",
        "No enterprise is named as bound: the contract is registered, nobody is counted as covered",
    ),
    "expired": Text("合同已经期满", "The contract has ended"),
    "term_assumed": Text("没有期满日期，按一年登记", "No end is given; one year is assumed"),
}
_KINDS = {
    "工资": ContractKind.WAGE, "综合": ContractKind.COMPREHENSIVE, "专项": ContractKind.SPECIAL,
    "安全": ContractKind.SPECIAL, "女职工": ContractKind.SPECIAL,
    "集体合同": ContractKind.COMPREHENSIVE,
}  # fmt: skip
_LEVELS = {"行业": Reach.INDUSTRY, "区域": Reach.REGIONAL, "企业": Reach.ENTERPRISE,
           "单位": Reach.ENTERPRISE}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing said about one cell: which column, what stood there, why."""

    field: str
    value: str
    code: str
    args: Mapping[str, object] = dataclasses.field(default_factory=dict)

    @property
    def rejects(self) -> bool:
        return self.code in REASONS

    @property
    def text(self) -> Text:
        words = REASONS.get(self.code) or WARNINGS[self.code]
        return Text(words.zh.format(**self.args), words.en.format(**self.args))

    def to_json(self) -> dict[str, object]:
        return {"field": self.field, "value": self.value[:LONGEST], "code": self.code,
                "args": dict(self.args)}  # fmt: skip

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> "Finding":
        args = kept.get("args")
        known: Mapping[str, object] = args if isinstance(args, dict) else {}
        return cls(str(kept["field"]), str(kept["value"]), str(kept["code"]), known)


@dataclass(slots=True)
class Record:
    """What one line says, read; what could not be read stands among the findings."""

    name: str = ""
    number: str = ""
    kind: str = ContractKind.WAGE
    topic: str | None = None
    level: str = Reach.ENTERPRISE
    code: str | None = None
    area: str | None = None
    industry: str | None = None
    worker_side: str = ""
    employer_side: str = ""
    signed_on: date | None = None
    filed_on: date | None = None
    receipt: str = ""
    effective_on: date | None = None
    ends_on: date | None = None
    bound: tuple[str, ...] = ()


def find_header(head: Sequence[tuple[int, list[str]]]) -> tuple[int, list[str], dict[str, int]]:
    """The row whose cells name most columns: its number, its labels, and which is which."""
    best: tuple[int, list[str], dict[str, int]] = (0, [], {})
    for number, cells in head:
        mapping = map_columns(cells)
        if len(mapping) > len(best[2]):
            best = (number, list(cells), mapping)
    return best


def map_columns(labels: Sequence[str]) -> dict[str, int]:
    known = {heading_key(one): name for name, (_text, heads) in FIELDS.items() for one in heads}
    known |= {heading_key(text.en): name for name, (text, _heads) in FIELDS.items()}
    mapping: dict[str, int] = {}
    for column, label in enumerate(labels):
        name = known.get(heading_key(label))
        if name and name not in mapping:
            mapping[name] = column
    return mapping


class Reader:
    """Reads the lines of a sheet; places are looked for in the federation's own city."""

    def __init__(self, mapping: Mapping[str, int], city: City, today: date) -> None:
        self.mapping, self.city, self.today = mapping, city, today

    def read(self, cells: Sequence[str]) -> tuple[Record, list[Finding]]:
        found: list[Finding] = []
        record = Record()
        for name in ("name", "number", "worker_side", "employer_side", "receipt"):
            setattr(record, name, self._cell(cells, name)[:LONGEST])
        if not record.name:
            found.append(Finding("name", "", "name_missing"))
        self._sort(cells, record, found)
        self._place(cells, record, found)
        self._days(cells, record, found)
        codes = plain(self._cell(cells, "bound"))
        for mark in "、,，;； \n":
            codes = codes.replace(mark, " ")
        record.bound = tuple(dict.fromkeys(one.upper() for one in codes.split()))
        return record, found

    def _cell(self, cells: Sequence[str], name: str) -> str:
        column = self.mapping.get(name)
        text = plain(cells[column]) if column is not None and column < len(cells) else ""
        return "" if is_nothing(text) else text

    def _sort(self, cells: Sequence[str], record: Record, found: list[Finding]) -> None:
        """Kind and level, out of their columns or out of the name."""
        kind, level = self._cell(cells, "kind"), self._cell(cells, "level")
        said = _first(_KINDS, kind, KINDS) or (None if kind else _first(_KINDS, record.name, {}))
        if said is None:
            found.append(Finding("kind", kind, "kind_unknown"))
        else:
            record.kind = said
            if said == ContractKind.SPECIAL:
                record.topic = _topic(kind or record.name)
        reach = _first(_LEVELS, level, LEVELS) or (
            None if level else _first(_LEVELS, record.name, {}) or Reach.ENTERPRISE
        )
        if reach is None:
            found.append(Finding("level", level, "level_unknown"))
        else:
            record.level = reach

    def _place(self, cells: Sequence[str], record: Record, found: list[Finding]) -> None:
        code = self._cell(cells, "code").upper()
        if code and fault_in_code(code):
            found.append(Finding("code", code, "code_invalid"))
        elif record.level == Reach.ENTERPRISE and not code:
            found.append(Finding("code", "", "code_missing"))
        record.code = code or None
        where = self._cell(cells, "area")
        area = self.city.find(where) if where else None
        if where and area is None:
            found.append(Finding("area", where, "area_unknown"))
        record.area = area[0].code if area else None
        trade = self._cell(cells, "industry")
        codes = industries.find(trade) if trade else ()
        record.industry = codes[0] if codes else None
        if record.level == Reach.INDUSTRY and record.industry is None:
            found.append(Finding("industry", trade, "industry_unknown"))

    def _days(self, cells: Sequence[str], record: Record, found: list[Finding]) -> None:
        for name, needed in (("signed_on", True), ("effective_on", True), ("filed_on", False),
                             ("ends_on", False)):  # fmt: skip
            text = self._cell(cells, name)
            day = read_day(text, end=name == "ends_on") if text else None
            if text and day is None:
                found.append(Finding(name, text, "date_unreadable"))
            elif needed and day is None:
                found.append(Finding(name, "", "date_missing"))
            setattr(record, name, day)
        if not record.receipt:
            found.append(Finding("receipt", "", "no_receipt"))
        found.extend(self._order(record))

    def _order(self, record: Record) -> Iterator[Finding]:
        signed, since = record.signed_on, record.effective_on
        if since is None:
            return
        if since > self.today:
            yield Finding("effective_on", since.isoformat(), "not_yet")
        if signed is not None and signed > since:
            yield Finding("signed_on", signed.isoformat(), "signed_later")
        if record.ends_on is None:
            record.ends_on = add_months(since, YEAR) - ONE
            yield Finding("ends_on", record.ends_on.isoformat(), "term_assumed")
        elif record.ends_on <= since:
            yield Finding("ends_on", record.ends_on.isoformat(), "ends_early")
        elif record.ends_on < self.today:
            yield Finding("ends_on", record.ends_on.isoformat(), "expired")


def _first(known: Mapping[str, str], text: str, names: Mapping[str, Text]) -> str | None:
    exact = (name for name, words in names.items() if text in {words.zh, words.en, name})
    return next(exact, next((value for word, value in known.items() if word in text), None))


def _topic(text: str) -> str:
    words = {
        "安全": Topic.SAFETY, "女职工": Topic.WOMEN, "工时": Topic.HOURS, "培训": Topic.TRAINING,
        "工资": Topic.WAGES,
    }  # fmt: skip
    return next((topic for word, topic in words.items() if word in text), Topic.OTHER)
