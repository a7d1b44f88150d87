"""The unified social credit code (GB 32100-2015): 18 characters, the last one a check."""

import re

from stdnum.cn import uscc

from blueprints.registry.widths import tight
from rules.words import Text

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_ALPHABET = re.compile(r"[0-9A-HJ-NPQRTUWXY]+")

REASONS: dict[str, Text] = {
    "code_scientific": Text(
        "统一社会信用代码被存成数字，末尾数位已丢失；请把单元格设为文本后重新填写",
        "The credit code was kept as a number and has lost digits; format the cell as text and "
        "type it again",
    ),
    "code_length": Text("统一社会信用代码应为18位", "A credit code has 18 characters"),
    "code_characters": Text(
        "统一社会信用代码含有不应出现的字符（不使用I、O、S、V、Z）",
        "The credit code has characters that do not occur in it (I, O, S, V and Z are not used)",
    ),
    "code_check": Text(
        "统一社会信用代码校验未通过，请核对", "The credit code does not pass its check digit"
    ),
}


def read_code(written: str) -> str:
    """The code as it is kept: half-width, upper case, no spaces or hyphens."""
    return tight(written).replace("-", "").upper()


def fault_in_code(code: str) -> str | None:
    """Which of REASONS speaks against a code as `read_code` gives it; None: it is sound."""
    if _SCIENTIFIC.fullmatch(code):
        return "code_scientific"
    if len(code) != 18:
        return "code_length"
    if not _ALPHABET.fullmatch(code) or not code[2:8].isdigit():
        return "code_characters"
    return None if uscc.is_valid(code) else "code_check"
