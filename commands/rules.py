"""`yaoyue rules`: the law asked on the command line. Needs no service and no instance."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TextIO

import click

from commands.answers import Answer, answers, pairs, table
from rules.asking import batch, due_answer, effective_book
from rules.books import book_for
from rules.saying import answer_of
from rules.shelf import catalogue, rules_of, shelf
from tenants.clock import today

KIND = click.option(
    "--kind", type=click.Choice(["wage", "general"]), default="wage", show_default=True
)
DIVISION = click.option(
    "--division", default="000000", show_default=True, help="GB/T 2260; 000000 is the nation."
)


class Day(click.ParamType[date]):
    """A day such as 2026-03-02."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 - a day
        except ValueError:
            self.fail(f"'{value}' is not a date such as 2026-03-02.", param, ctx)


@click.group()
def rules() -> None:
    """Ask the rulebooks: a last day with its derivation, the book of a place, all books."""


@rules.command()
@click.argument("rule", required=False)
@DIVISION
@KIND
@click.option("--anchor", type=Day(), help="The day of the event the period is counted from.")
@click.option(
    "--batch",
    "lines",
    type=click.File("r", encoding="utf-8"),
    help="JSON lines of rule, division, kind, anchor; - reads standard input.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on the last line.")
def due(  # noqa: PLR0917 - as click hands them over
    rule: str | None,
    division: str,
    kind: str,
    anchor: date | None,
    lines: TextIO | None,
    as_json: bool,
) -> None:
    """Say when a period ends, how sure that is, by which article, and why."""
    if lines is not None:
        answer_lines(lines)
        return
    if rule is None or anchor is None:
        raise click.UsageError("Name a RULE and its --anchor, or give a --batch.")
    answer = due_answer(rule, division, kind, anchor)
    shown = [json.dumps(answer, ensure_ascii=False)] if as_json else told(answer)
    for line in shown:
        click.echo(line)


def answer_lines(lines: Iterable[str]) -> None:
    for line in batch(lines):
        click.echo(line)


def told(answer: Answer) -> Iterable[str]:
    """For a person: the date, its standing, its source, then the steps with what they skipped."""
    sure = " (provisional)" if answer["provisional"] else ""
    yield f"due      {answer['due']}{sure}"
    if answer["to"]:
        yield f"open     {answer['from']} to {answer['to']}"
    yield f"status   {answer['status']}: {answer['label']['en']}"
    yield f"article  {answer['article']}: {answer['source']['en']}"
    if answer["status"] == "unconfirmed":
        held = answer["no_sanction_before"]
        until = f"before {held} has passed" if held else "before the calendar is known"
        yield f"remind   as if due {answer['remind_by']}; no sanction {until}"

    yield ""
    for number, step in enumerate(answer["derivation"], 1):
        source = f" [{step['article']['en']}]" if step["article"] else ""
        yield f"{number}. {step['text']['en']}{source}"
        if step["skipped"]:
            days = ", ".join(f"{day} {name['en']}" for day, name in step["skipped"])
            yield f"   skipped: {days}"


@rules.command()
@DIVISION
@KIND
@click.option("--on", type=Day(), help="The day of which the book is shown; today if not said.")
@answers(lambda answer: table(shown_rows(answer)))
def show(division: str, kind: str, on: date | None) -> Answer:
    """Print the rules in force at a place: its own where verified, the nation's elsewhere."""
    day = on or today()
    return {
        "division": division,
        "kind": kind,
        "on": day.isoformat(),
        "book": book_for(division, day).version,
        "rules": effective_book(division, day, kind),
    }


def shown_rows(answer: Answer) -> Iterable[dict[str, str]]:
    book = book_for(answer["division"], date.fromisoformat(answer["on"]))
    for rule in book.rows(answer["kind"]):
        said = answer_of(rule).en
        yield {
            "rule": rule.key,
            "answer": said if len(said) <= 48 else f"{said[:47]}…",
            "level": rule.level.value,
            "status": rule.status,
            "article": rule.article,
        }


@rules.command("list")
@answers(lambda answer: [*table(answer["books"]), "", *listed_keys(answer)])
def listed() -> Answer:
    """List every book, and every question the books can be asked."""
    books = [
        {
            "division": volume.division,
            "name": volume.name.en,
            "version": volume.version,
            "rules": len(rules_of(volume.division)),
            "confirmed": sum(rule.confirmed for rule in rules_of(volume.division)),
        }
        for volume in shelf().values()
    ]
    keys = [
        {"rule": entry.key, "unit": entry.unit, "anchor": entry.anchor, **entry.title.to_json()}
        for entry in catalogue().values()
    ]
    return {"books": books, "keys": keys}


def listed_keys(answer: Answer) -> Iterable[str]:
    return pairs({key["rule"]: key["en"] for key in answer["keys"]})
