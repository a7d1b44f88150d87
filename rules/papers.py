"""The filing set of a contract: the place's list of papers, each by what it is (file.documents).

The books name the papers in the words of the law. What a name means is read here, so that the
service can say which of them it writes itself, which lie on file, and which are still missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.words import Text

if TYPE_CHECKING:
    from rules.law import Rule


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the set. `asked` is how the place's list puts it."""

    key: str
    title: Text
    asked: str = ""
    required: bool = True


TEXT = "text"
PAPERS = {
    "letter": Text("报送审查函", "Letter of filing"),
    "checklist": Text("报送材料清单", "Checklist of the set"),
    TEXT: Text("集体合同文本", "Text of the contract"),
    "statement": Text("协商情况说明", "Statement of how it was bargained"),
    "resolution": Text("职工（代表）大会决议", "Resolution of the congress"),
    "representatives": Text("双方代表名单和资格证明", "Representatives of both sides, with proof"),
    "parties": Text("双方主体资格证明", "Proof of the parties' standing"),
    "offer": Text("要约和答复", "Offer and reply"),
    "identity": Text("首席代表身份证件复印件", "Copies of the chiefs' identity cards"),
    "licence": Text("营业执照复印件", "Copy of the business licence"),
    "members": Text(
        "企业名册和授权（确认）文件", "List of enterprises with mandates or recognitions"
    ),
    "other": Text("其他材料", "Other papers"),
}
MADE = ("letter", "checklist", TEXT, "statement", "members")  # written by the service itself
_MEANS = (
    ("决议", "resolution"),
    ("表决", "resolution"),
    ("说明", "statement"),
    ("身份证", "identity"),
    ("代表", "representatives"),
    ("营业执照", "licence"),
    ("要约", "offer"),
    ("主体", "parties"),
    ("登记", "parties"),
    ("文本", TEXT),
    ("合同", TEXT),
    ("协议", TEXT),
)


def key_of(asked: str) -> str:
    """What a name on the place's list means."""
    return next((key for word, key in _MEANS if word in asked), "other")


def papers(rule: Rule, *, many: bool) -> list[Paper]:
    """The set a place asks for; `many` adds the list of enterprises of an industry or an area.

    A name that asks for two things ("双方代表名单及首席代表身份证件") becomes two papers.
    """
    listed = rule.value if isinstance(rule.value, tuple) else ()
    found = {
        key: Paper(key, PAPERS[key], required=key == TEXT) for key in ("letter", "checklist", TEXT)
    }
    for asked in listed:
        for part in asked.split("及") if "身份证" in asked else (asked,):
            key = key_of(part)
            title = PAPERS[key] if key != "other" else Text(asked, asked)
            kept = key if key not in found or key != "other" else f"other-{len(found)}"
            found[kept] = Paper(kept, title, asked=asked)
    if "resolution" not in found:
        found["resolution"] = Paper("resolution", PAPERS["resolution"], required=False)
    if "statement" not in found:
        found["statement"] = Paper("statement", PAPERS["statement"], required=False)
    if many:
        found["members"] = Paper("members", PAPERS["members"])
    return list(found.values())


def may_file(rule: Rule, filer: str, *, many: bool) -> bool:
    """Whether this side files here: employer, association or union (`file.by` of the place)."""
    if filer == "union":
        return many and str(rule.value) in {"employers_side_or_union", "union"}
    if filer == "association":
        return many and str(rule.value) != "union"
    return str(rule.value) != "union"
