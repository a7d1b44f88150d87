"""Writes `docs/procedure.md` and its diagrams out of the machines: `python -m rules.handbook`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rules.books import titles
from rules.diagrams import draw
from rules.procedure import documents, machines, people

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rules.procedure import Machine, Step
    from rules.words import Text

DOCS = Path(__file__).parent.parent / "docs"
HEAD = """# 程序 · The procedure

本页由 `rules/machines/` 中的数据生成，不要手工修改；修改数据后运行 `python -m rules.handbook`。
This page is generated from the data in `rules/machines/`. Change the data, then run
`python -m rules.handbook`; a test compares the two.

粗框是终结状态，棕色线是返回的步骤。Thick boxes are final states; brown lines lead back.
"""


def page() -> str:
    """The whole page."""
    contents = [
        f"- [{machine.title.zh} · {machine.title.en}](#{machine.name})"
        for machine in machines().values()
    ]
    return "\n".join([HEAD, *contents, *(_chapter(machine) for machine in machines().values()), ""])


def diagrams() -> dict[str, str]:
    """Every diagram by its file name."""
    return {f"{name}.svg": draw(machine) for name, machine in machines().items()}


def write(docs: Path = DOCS) -> None:
    """Put page and diagrams where they belong."""
    (docs / "procedure").mkdir(parents=True, exist_ok=True)
    (docs / "procedure.md").write_text(page(), encoding="utf-8")
    for name, drawing in diagrams().items():
        (docs / "procedure" / name).write_text(drawing, encoding="utf-8")


def _chapter(machine: Machine) -> str:
    return "\n".join(
        [
            "",
            f'<a id="{machine.name}"></a>',
            "",
            f"## {machine.title.zh} · {machine.title.en}",
            "",
            f"![{machine.title.zh} · {machine.title.en}](procedure/{machine.name}.svg)",
            "",
            "| 状态 State | 含义 Meaning |",
            "|---|---|",
            *(
                f"| **{s.label.zh}** {s.label.en} `{s.name}` | {s.explain.zh} {s.explain.en} |"
                for s in machine.states.values()
            ),
            "",
            (
                "| 从 From | 办理 Act | 到 To | 谁 Who | 条件 Conditions "
                "| 文书 Papers | 期限 Clocks | 条文 Article |"
            ),
            "|---|---|---|---|---|---|---|---|",
            *_rows(machine),
            "",
            "| 条件 Condition | 不满足时的说明 What is said while it is not met | 条文 Article |",
            "|---|---|---|",
            *(
                f"| `{guard.name}` | {_both(guard.why)} | "
                f"{_both(guard.article) if guard.article else ''} |"
                for guard in machine.guards.values()
            ),
        ]
    )


def _rows(machine: Machine) -> Iterator[str]:
    for step in machine.steps:
        cells = (
            machine.states[step.state].label.zh,
            _both(machine.events[step.event]) + f" `{step.event}`",
            machine.states[step.next].label.zh,
            _list(people(), step.who),
            "<br>".join(f"`{need}`" for need in step.needs),
            _list(documents(), step.documents),
            _list(titles(), step.timers),
            _article(step),
        )
        yield f"| {' | '.join(cells)} |"


def _article(step: Step) -> str:
    return _both(step.article) if step.article else ""


def _both(words: Text) -> str:
    return f"{words.zh} {words.en}"


def _list(names: Mapping[str, Text], chosen: Iterable[str]) -> str:
    return "<br>".join(_both(names[name]) for name in chosen)


if __name__ == "__main__":  # pragma: no cover
    write()
