"""How fast letters are drawn: PDF on one and two processes, DOCX, HTML, and mails to many.

Run as `python -m bench.letters [count]`. Each letter differs, as in a campaign; nothing is warm
but what a worker keeps. The CPU column counts children too and holds on a busy machine.
"""

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from os import times
from time import perf_counter

from blueprints.notices.letters.check import check_code, fingerprint
from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.docx import docx
from blueprints.notices.letters.html import html
from blueprints.notices.letters.merge import prerender
from blueprints.notices.letters.model import AddressSheet, Check, Letter
from blueprints.notices.letters.pdf import pdf, pdf_many
from blueprints.notices.letters.texts import letter_text, sample_values

ADDRESS = "https://yaoyue.example/jingzhou/check"
TEXT = "01b-offer-double"


def letter(number: int) -> Letter:
    """The letter to one addressee, with its own names, number and check code."""
    text = letter_text(TEXT)
    own = {
        "addressee_name": f"荆州第{number}餐饮有限公司",
        "second_issuer_name": f"荆州第{number}餐饮有限公司工会",
        "doc_no": f"荆工约〔2026〕{number}号",
        "reply_url": f"https://yaoyue.example/jingzhou/reply/{number:012x}",
    }
    made = compose(text, {**sample_values(text), **own})
    code = check_code(fingerprint(made))
    return replace(made, check=Check(f"{ADDRESS}/{code}", code))


def draw(draws: Callable[[Letter], object], numbers: range) -> int:
    for number in numbers:
        draws(letter(number))
    return len(numbers)


def together(numbers: range) -> int:
    """A print run, as the worker draws it: an address sheet before each letter, one file of all."""
    letters = [letter(number) for number in numbers]
    sheets = [sheet(number, len(numbers)) for number in numbers]
    return len(pdf_many(letters, sheets=sheets))


def sheet(number: int, total: int) -> AddressSheet:
    return AddressSheet(
        name=f"荆州第{number}餐饮有限公司",
        address=f"荆州市沙市区 江津路{number}号",
        contact="王某某 0716-0000000",
        area="荆州市沙市区",
        doc_no=f"荆工约〔2026〕{number}号",
        place=f"{number + 1} / {total}",
        url=f"https://yaoyue.example/jingzhou/offers/{number}/service",
    )


def timed(name: str, count: int, work: Callable[[], object]) -> None:
    start, busy = perf_counter(), sum(times()[:4])
    work()
    took, used = perf_counter() - start, sum(times()[:4]) - busy
    print(f"{name:44} {took:7.2f} s  {count / took:7.0f}/s  CPU {used / count * 1000:7.3f} ms each")


def on_two(work: Callable[[range], int], count: int) -> None:
    halves = [range(count // 2), range(count // 2, count)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(work, halves))


def main(count: int) -> None:
    numbers = range(count)
    timed("compose, number, fingerprint", count, partial(draw, lambda made: made, numbers))
    timed("HTML", count, partial(draw, html, numbers))
    timed("DOCX", count, partial(draw, docx, numbers))
    timed("PDF, one file each, 1 process", count, partial(draw, pdf, numbers))
    timed("PDF, one file each, 2 processes with start", count, partial(on_two, only_pdf, count))
    timed("print run, one PDF with sheets, 1 process", count, partial(together, numbers))
    timed("two print runs at once, 2 processes", count, partial(on_two, together, count))
    text = letter_text("28b-mail-invitation")
    merge = prerender(text, sample_values(text), "zh", ["recipient_name", "invitation_url"])
    own = {"recipient_name": "刘某某", "invitation_url": "https://yaoyue.example/i/abc"}
    mails = 100 * count
    timed(
        "mail to many, text and HTML body", mails, lambda: [merge.fill(own) for _ in range(mails)]
    )


def only_pdf(numbers: range) -> int:
    return draw(pdf, numbers)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
