"""The closed word lists of the register: levels of unions, standing, ownership, size, status."""

from enum import StrEnum
from functools import cache

from blueprints.registry.widths import tight
from rules.words import Text


class Level(StrEnum):
    """Where a union stands. Sector and park unions act beside the areas."""

    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    SECTOR = "sector"
    PARK = "park"
    ENTERPRISE = "enterprise"
    JOINT = "joint"


class Standing(StrEnum):
    """Whether the union can bargain by itself; decides who acts beside or in place of it."""

    ABLE = "able"
    WEAK = "weak"
    NONE = "none"


class Status(StrEnum):
    ACTIVE = "active"
    CLOSED = "closed"  # struck off or out of business
    MOVED = "moved"  # left the city
    MERGED = "merged"  # a double; see merged_into_id


class Ownership(StrEnum):
    """Kinds of registration that ledgers tell apart."""

    STATE = "state"
    COLLECTIVE = "collective"
    LIMITED = "limited"
    JOINT_STOCK = "joint_stock"
    PRIVATE = "private"
    FOREIGN = "foreign"
    HONG_KONG_MACAO_TAIWAN = "hmt"
    COOPERATIVE = "cooperative"
    SOLE_TRADER = "sole_trader"
    OTHER = "other"


class AssociationKind(StrEnum):
    TRADE = "trade"  # 行业协会、商会
    CONFEDERATION = "confederation"  # 企业联合会、企业家协会
    CHAMBER = "chamber"  # 工商业联合会


class Size(StrEnum):
    """Classes by number of workers; 25 and 100 are the thresholds that campaigns use."""

    UNDER_25 = "0-24"
    TO_99 = "25-99"
    TO_299 = "100-299"
    TO_999 = "300-999"
    LARGE = "1000-"
    UNKNOWN = "unknown"

    @property
    def bounds(self) -> tuple[int, int | None]:
        low, _, high = self.value.partition("-")
        return int(low), int(high) if high else None


LEVELS: dict[str, Text] = {
    Level.CITY: Text("市级", "City"),
    Level.COUNTY: Text("县区级", "County or district"),
    Level.TOWNSHIP: Text("乡镇（街道）", "Township or street"),
    Level.SECTOR: Text("行业", "Sector"),
    Level.PARK: Text("园区", "Park"),
    Level.ENTERPRISE: Text("企业", "Enterprise"),
    Level.JOINT: Text("联合基层", "Joint grassroots"),
}
STANDINGS: dict[str, Text] = {
    Standing.ABLE: Text("能独立协商", "Able to bargain"),
    Standing.WEAK: Text("力量弱", "Weak"),
    Standing.NONE: Text("未建会", "No union"),
}
STATUSES: dict[str, Text] = {
    Status.ACTIVE: Text("在册", "On the register"),
    Status.CLOSED: Text("已注销或者停业", "Closed"),
    Status.MOVED: Text("已迁出", "Moved away"),
    Status.MERGED: Text("已并入另一档案", "Merged"),
}
ASSOCIATION_KINDS: dict[str, Text] = {
    AssociationKind.TRADE: Text("行业协会（商会）", "Trade association"),
    AssociationKind.CONFEDERATION: Text("企业联合会", "Enterprise confederation"),
    AssociationKind.CHAMBER: Text("工商联", "Federation of industry and commerce"),
}
OWNERSHIPS: dict[str, Text] = {
    Ownership.STATE: Text("国有企业", "State-owned"),
    Ownership.COLLECTIVE: Text("集体企业", "Collective"),
    Ownership.LIMITED: Text("有限责任公司", "Limited liability company"),
    Ownership.JOINT_STOCK: Text("股份有限公司", "Joint-stock company"),
    Ownership.PRIVATE: Text("私营企业", "Private enterprise"),
    Ownership.FOREIGN: Text("外商投资企业", "Foreign-invested"),
    Ownership.HONG_KONG_MACAO_TAIWAN: Text(
        "港澳台商投资企业", "Invested from Hong Kong, Macao or Taiwan"
    ),
    Ownership.COOPERATIVE: Text("合作社", "Cooperative"),
    Ownership.SOLE_TRADER: Text("个体工商户", "Sole trader"),
    Ownership.OTHER: Text("其他", "Other"),
}
SIZES: dict[str, Text] = {
    Size.UNDER_25: Text("25人以下", "Under 25"),
    Size.TO_99: Text("25–99人", "25–99"),
    Size.TO_299: Text("100–299人", "100–299"),
    Size.TO_999: Text("300–999人", "300–999"),
    Size.LARGE: Text("1,000人以上", "1,000 and more"),
    Size.UNKNOWN: Text("人数不详", "Not known"),
}
_OWNERSHIP_WORDS: tuple[tuple[str, Ownership], ...] = (
    ("港澳台", Ownership.HONG_KONG_MACAO_TAIWAN),
    ("台资", Ownership.HONG_KONG_MACAO_TAIWAN),
    ("港资", Ownership.HONG_KONG_MACAO_TAIWAN),
    ("外商", Ownership.FOREIGN),
    ("外资", Ownership.FOREIGN),
    ("合资", Ownership.FOREIGN),
    ("国有", Ownership.STATE),
    ("国企", Ownership.STATE),
    ("央企", Ownership.STATE),
    ("全民", Ownership.STATE),
    ("股份有限", Ownership.JOINT_STOCK),
    ("股份公司", Ownership.JOINT_STOCK),
    ("股份制", Ownership.JOINT_STOCK),
    ("合作社", Ownership.COOPERATIVE),
    ("股份合作", Ownership.COOPERATIVE),
    ("个体", Ownership.SOLE_TRADER),
    ("集体", Ownership.COLLECTIVE),
    ("有限责任", Ownership.LIMITED),
    ("有限公司", Ownership.LIMITED),
    ("私营", Ownership.PRIVATE),
    ("民营", Ownership.PRIVATE),
    ("非公", Ownership.PRIVATE),
    ("独资", Ownership.PRIVATE),
    ("合伙", Ownership.PRIVATE),
    ("其他", Ownership.OTHER),
    ("其它", Ownership.OTHER),
)


@cache
def find_ownership(written: str) -> Ownership | None:
    """The kind of registration a cell means; None when it says nothing we know."""
    text = tight(written)
    if text.isascii():
        key = text.lower()
        return next(
            (Ownership(k) for k, n in OWNERSHIPS.items() if tight(n.en).lower() == key), None
        )
    return next((kind for word, kind in _OWNERSHIP_WORDS if word in text), None)


def size_of(headcount: int | None) -> Size:
    """The class a number of workers falls into."""
    if headcount is None:
        return Size.UNKNOWN
    return next(
        size
        for size in (Size.LARGE, Size.TO_999, Size.TO_299, Size.TO_99, Size.UNDER_25)
        if headcount >= size.bounds[0]
    )
