"""What an announcement may not say: people, numbers that name them, pay, and judgements."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rules.broken import RuleBroken
from rules.reasons import reason

_DIGIT = "0-9０-９"
_PERSONAL = (
    re.compile(rf"(?<![{_DIGIT}])1[3-9][{_DIGIT}](?:[\s-]?[{_DIGIT}]{{4}}){{2}}(?![{_DIGIT}])"),
    re.compile(rf"(?<![{_DIGIT}])0[{_DIGIT}]{{2,3}}[\s-]?[{_DIGIT}]{{7,8}}(?![{_DIGIT}])"),
    re.compile(rf"(?<![{_DIGIT}A-Za-z])[{_DIGIT}]{{17}}[{_DIGIT}Xx](?![{_DIGIT}A-Za-z])"),
    re.compile(rf"(?<![{_DIGIT}A-Za-z])[{_DIGIT}]{{15,19}}(?![{_DIGIT}A-Za-z])"),
    re.compile(r"[\w.+-]+@[\w-]+\.\w"),
)
_PAY = (
    re.compile(rf"[¥￥$]\s*[{_DIGIT}]"),
    re.compile(rf"[{_DIGIT}][{_DIGIT},.，．]*\s*(?:万|千|百|亿)?\s*(?:元|块钱|角|人民币|RMB|yuan)"),
    re.compile("[一二三四五六七八九十百千万两〇零]+(?:余|多)?元"),
    re.compile(rf"(?:月薪|年薪|时薪|底薪|工资|奖金|提成|wage|salary)[^。；\n]{{0,12}}[{_DIGIT}]"),
)
_JUDGEMENT = re.compile(
    "违法|非法|犯罪|恶意|无良|黑心|失信|老赖|可耻|恶劣|剥削|拒不|illegal|unlawful|shameful|dishonest",
    re.IGNORECASE,
)


def faults(body: str, *, credit_code: str | None = None) -> Iterator[str]:
    """The reason codes of all that must go from a text; its own credit code may stay."""
    plain = body.replace(credit_code, "") if credit_code else body
    if any(pattern.search(plain) for pattern in (*_PERSONAL, *_PAY)):
        yield "exposure.personal_data"
    if _JUDGEMENT.search(plain):
        yield "exposure.content_not_procedure"


def demand_clean(body: str, *, credit_code: str | None = None) -> None:
    """Raises RuleBroken with the reason where the text says more than it may."""
    for code in faults(body, credit_code=credit_code):
        raise RuleBroken(reason(code).say)


def findings(body: str, credit_code: str | None) -> Mapping[str, Any]:
    found = set(faults(body, credit_code=credit_code))
    return {
        "procedure_facts_only": "exposure.content_not_procedure" not in found,
        "no_personal_or_pay_data": "exposure.personal_data" not in found,
    }
