"""Reading a form: which boxes were ticked, on a phone or as a clerk types it off the paper."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from blueprints.evaluation.models import SurveyContent
from rules.survey import Option, Question
from rules.words import Text

LEFT_OUT = {"0", "-", "－", "无"}
_BETWEEN = re.compile(r"[\s,，;；、]+")
Ticked = dict[str, list[str]]


@dataclass(frozen=True)
class Asked:
    """A question as it stands before one group at one unit, with all its boxes."""

    question: Question
    options: tuple[Option, ...]
    needed: bool

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def several(self) -> bool:
        return self.question.kind != "one"


def asked_of(
    kept: Sequence[Mapping[str, object]],
    contents: Sequence[SurveyContent],
    needed: Sequence[str],
) -> list[Asked]:
    """The questions of a survey; the boxes of the contract come into question 2."""
    boxes = tuple(
        Option(str(one.id), Text(one.words, one.words_en or one.words)) for one in contents
    )
    found = []
    for question in map(Question.from_json, kept):
        own = boxes if question.kind == "contents" else ()
        found.append(Asked(question, (*own, *question.options), question.id in needed))
    return found


def tidy(asked: Asked, ticked: Sequence[str]) -> list[str]:
    """Only boxes that are there, each once; "none of these" gives way to one of these."""
    known = {option.id: option for option in asked.options}
    kept = list(dict.fromkeys(box for box in ticked if box in known))
    together = [box for box in kept if not known[box].alone]
    kept = together or kept
    return kept if asked.several else kept[:1]


def from_phone(
    questions: Sequence[Asked], typed: Callable[[str], Sequence[str]]
) -> tuple[Ticked, dict[str, Text]]:
    """What was ticked, and what is wrong with it, question by question."""
    ticked, wrong = {}, {}
    for asked in questions:
        boxes = tidy(asked, typed(asked.id))
        if boxes:
            ticked[asked.id] = boxes
        most = asked.question.most
        if most and len(boxes) > most:
            wrong[asked.id] = Text(f"最多选{most}项。", f"Tick {most} at most.")
        elif asked.needed and not boxes:
            wrong[asked.id] = Text("请选一项。", "Please tick one.")
    return ticked, wrong


class UnreadableLine(ValueError):
    """A line of a clerk's that cannot be a form; says which line and why."""

    def __init__(self, number: int, why: Text) -> None:
        super().__init__(why.en)
        self.number, self.why = number, why


def from_paper(questions: Sequence[Asked], text: str) -> list[Ticked]:
    """One form a line, one field a question: the numbers of the boxes ticked, 0 for none.

    "1 13 2 12 1 2 14 1" is eight answers; a line pasted from a sheet has tabs instead. What a
    paper form leaves out or ticks too often is taken as it is: such a form may not be valid.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        fields = [field for field in _BETWEEN.split(line.strip()) if field]
        if not fields:
            continue
        if len(fields) != len(questions):
            raise UnreadableLine(
                number,
                Text(
                    f"应有{len(questions)}栏，这里有{len(fields)}栏；没有填的题写0。",
                    f"There should be {len(questions)} fields, here are {len(fields)}; "
                    "write 0 for a question left out.",
                ),
            )
        pairs = zip(questions, fields, strict=True)
        read = {asked.id: _boxes(asked, field, number) for asked, field in pairs}
        found.append({name: boxes for name, boxes in read.items() if boxes})
    return found


def _boxes(asked: Asked, field: str, line: int) -> list[str]:
    if field in LEFT_OUT:
        return []
    if not field.isascii() or not field.isdecimal():
        raise UnreadableLine(
            line, Text(f"“{field}”不是选项序号。", f"“{field}” is no number of a box.")
        )
    numbers = [int(digit) for digit in field]
    if any(not 1 <= number <= len(asked.options) for number in numbers):
        raise UnreadableLine(
            line,
            Text(
                f"“{asked.question.words.zh}”只有{len(asked.options)}个选项。",
                f"“{asked.question.words.en}” has only {len(asked.options)} boxes.",
            ),
        )
    boxes = list(dict.fromkeys(asked.options[number - 1].id for number in numbers))
    # Two boxes where one was asked for say nothing: on paper nobody can be asked again.
    return boxes if asked.several or len(boxes) == 1 else []
