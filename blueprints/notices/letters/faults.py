"""What is wrong with an edited letter text, line by line, in words for the person who edits it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from blueprints.notices.letters.marks import slots_in
from blueprints.notices.letters.shape import shape_of
from blueprints.notices.letters.texts import (
    LONGEST_SOURCE,
    FaultyText,
    LetterText,
    front_matter,
    sections,
)
from blueprints.notices.letters.values import LANGS, PRINTERS
from rules.words import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blueprints.notices.letters.values import Lang

_COMMENT = re.compile(r"<!--.*?(?:-->|$)")
_MARK = re.compile(r"<!-- (each|when): (\w+) -->|<!-- (end) -->")
_BRACES = re.compile(r"\{\{(?:.*?\}\})?|\}\}")
_SLOT = re.compile(r"\{\{ ([a-z][a-z0-9_]*) \}\}")
_NEEDED = ("id", "title_zh", "title_en", "kind", "form", "audience", "channel")
_LANG_NAMES = {"zh": Text("中文", "Chinese"), "en": Text("英文", "English")}


class Fault(NamedTuple):
    """A line of the source, counted from 1, and what is wrong there."""

    line: int
    words: Text


def faults(source: str, base: LetterText | None = None) -> list[Fault]:
    """Everything that keeps this source from being used; empty when it is fit.

    `base` is the product's own text of the same letter: a federation may reword it, but the
    program can only supply the placeholders, lists and conditions that the base declares.
    """
    source = source.replace("\r\n", "\n")
    if len(source) > LONGEST_SOURCE:
        return [Fault(1, Text("文本过长。", "The text is too long."))]
    head, bodies, starts = sections(source)
    try:
        matter = front_matter(head)
        found = list(_in_matter(matter, head, base))
    except (yaml.YAMLError, FaultyText) as fault:
        mark = getattr(fault, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        return [Fault(line, Text("开头的说明部分无法读取。", "The front matter cannot be read."))]
    if found:
        return sorted(found, key=lambda fault: fault.line)
    for lang in LANGS:
        if not any(line for _, line in bodies.get(lang, ())):
            name = _LANG_NAMES[lang]
            words = Text(f"缺少{name.zh}正文。", f"The {name.en} text is missing.")
            found.append(Fault(starts, words))
            continue
        found += _Reading(matter, lang).faults(bodies[lang])
    if not found:
        found += _compared(matter, bodies, head)
    return sorted(found, key=lambda fault: fault.line)


def _in_matter(matter: dict[str, Any], head: str, base: LetterText | None) -> Iterator[Fault]:
    for key in _NEEDED:
        if not matter.get(key):
            yield Fault(1, Text(f"开头缺少“{key}”。", f"The front matter lacks “{key}”."))
    if not _laid_out(matter):
        zh = "“placeholders”“lists”“conditions”的写法不对。"
        en = "Placeholders, lists or conditions are not laid out rightly."
        yield Fault(1, Text(zh, en))
        return
    for name, declared in matter["placeholders"].items():
        if not _declared(declared):
            zh = f"占位符“{name}”要写明已知的类型、中英文含义和示例。"
            en = f"“{name}” needs a known type, its meaning in both languages and an example."
            yield Fault(_line_of(head, name), Text(zh, en))
    for each, own in matter["lists"].items():
        for name in (n for n in own if n not in matter["placeholders"]):
            zh, en = (
                f"清单“{each}”的“{name}”没有声明。",
                f"“{name}” of list “{each}” is not declared.",
            )
            yield Fault(_line_of(head, str(each)), Text(zh, en))
    if base:
        yield from _beyond(matter, head, base)


def _beyond(matter: dict[str, Any], head: str, base: LetterText) -> Iterator[Fault]:
    known = {*base.placeholders, *base.lists, *base.conditions}
    for name in (*matter["placeholders"], *matter["lists"], *matter["conditions"]):
        if name not in known:
            en = f"The program has no value for “{name}” in this letter."
            yield Fault(_line_of(head, name), Text(f"本文书中系统不提供“{name}”。", en))


def _laid_out(matter: dict[str, Any]) -> bool:
    holders, lists, flags = (matter.get(k) for k in ("placeholders", "lists", "conditions"))
    return (
        isinstance(holders, dict)
        and isinstance(lists, dict)
        and isinstance(flags, list)
        and all(isinstance(own, list) for own in lists.values())
        and all(isinstance(name, str) for name in (*holders, *lists, *flags))
        and all(isinstance(name, str) for own in lists.values() for name in own)
    )


def _declared(declared: Any) -> bool:
    return (
        isinstance(declared, dict)
        and all(declared.get(key) for key in ("zh", "en", "example"))
        and str(declared.get("type")) in PRINTERS
    )


def _line_of(head: str, name: str) -> int:
    found = re.search(rf"^\s*{re.escape(name)}:", head, re.MULTILINE)
    return head.count("\n", 0, found.start() + 1) + 2 if found else 1


class _Reading:
    """One language read from top to bottom."""

    def __init__(self, matter: dict[str, Any], lang: Lang) -> None:
        self.matter, self.lang = matter, lang
        self.found: list[Fault] = []
        self.opened, self.flag = 0, ""
        self.each, self.each_line = "", 0
        self.table_each = ""
        self.titled = False

    def say(self, line: int, zh: str, en: str) -> None:
        self.found.append(Fault(line, Text(zh, en)))

    def faults(self, body: list[tuple[int, str]]) -> list[Fault]:
        for number, line in body:
            if _COMMENT.search(line):
                self.mark(number, line)
            elif line:
                self.words(number, line)
        if self.opened:
            self.say(
                self.opened,
                f"条件“{self.flag}”没有用 <!-- end --> 结束。",
                f"Condition “{self.flag}” is not closed with <!-- end -->.",
            )
        if self.each:
            self.say(self.each_line, "重复标记后面没有内容。", "Nothing follows this repeat mark.")
        if not self.titled:
            first = body[0][0]
            self.say(
                first, "缺少标题行（以“# ”开头）。", "There is no title line (starting with “# ”)."
            )
        return self.found

    def mark(self, number: int, line: str) -> None:
        found = _MARK.fullmatch(line)
        if not found:
            self.say(number, "无法识别的标记。", "This mark is not known.")
            return
        word, name, end = found.groups()
        if end:
            if not self.opened:
                self.say(number, "没有对应的条件。", "No condition is open here.")
            self.opened = 0
        elif word == "each":
            if name not in self.matter["lists"]:
                self.say(number, f"清单“{name}”没有声明。", f"List “{name}” is not declared.")
            self.each, self.each_line = name, number
        else:
            if name not in self.matter["conditions"]:
                self.say(number, f"条件“{name}”没有声明。", f"Condition “{name}” is not declared.")
            if self.opened:
                self.say(
                    number, "条件里面不能再有条件。", "A condition cannot stand within another."
                )
            self.opened, self.flag = number, name

    def words(self, number: int, line: str) -> None:
        self.titled = self.titled or line.startswith(("# ", "主题：", "Subject: "))
        in_table = line.startswith("|")
        each = self.each or (self.table_each if in_table else "")
        self.table_each = each if in_table else ""
        self.each = ""
        if line.count("**") % 2:
            self.say(number, "粗体标记“**”不成对。", "The bold marks “**” do not pair up.")
        for braces in _BRACES.finditer(line):
            slot = _SLOT.fullmatch(braces[0])
            if slot:
                self.slot(number, slot[1], each)
            else:
                zh = f"占位符写法不对：{braces[0]}，应当写成“{{{{ 名称 }}}}”。"
                self.say(number, zh, f"Not a placeholder: {braces[0]}; write “{{{{ name }}}}”.")

    def slot(self, number: int, name: str, each: str) -> None:
        if name not in self.matter["placeholders"]:
            self.say(number, f"没有占位符“{name}”。", f"There is no placeholder “{name}”.")
            return
        lists = [own for own, names in self.matter["lists"].items() if name in names]
        strange = each and each not in self.matter["lists"]
        if lists and each not in lists and not strange:
            en = f"“{name}” stands outside the repeat of its list “{lists[0]}”."
            self.say(number, f"“{name}”只能用在清单“{lists[0]}”的重复行里。", en)


def _compared(
    matter: dict[str, Any], bodies: dict[Lang, list[tuple[int, str]]], head: str
) -> Iterator[Fault]:
    """Both languages say the same: whatever one uses, the other uses, and nothing lies idle."""
    used = {}
    for lang in LANGS:
        shape = shape_of(line for _, line in bodies[lang])
        used[lang] = {name for name, _ in slots_in((*shape.head, *shape.nodes))}
    excused = matter.get("one_language") or {}
    for name in matter["placeholders"]:
        where = [lang for lang in LANGS if name in used[lang]]
        if len(where) == 1 and name not in excused:
            only = _LANG_NAMES[where[0]]
            words = Text(f"“{name}”只用在{only.zh}里。", f"“{name}” is used in {only.en} only.")
            yield Fault(_line_of(head, name), words)
        elif not where:
            yield Fault(_line_of(head, name), Text(f"“{name}”没有用到。", f"“{name}” is not used."))
