"""The few words that a drawing of a letter adds to its text."""

from __future__ import annotations

from rules.words import Text

DRAFT = Text(zh="草稿", en="Draft")
SEAL_PLACE = Text(zh="印章", en="Seal")
SEALED = Text(zh="已用印", en="Sealed")
ANNEX_SEPARATOR = Text(zh="：", en=": ")
CHECK_LABEL = Text(zh="核验二维码", en="QR code for checking this letter")
CHECK_HINT = Text(
    zh="核验本函：扫码或者在核验页输入",
    en="To check this letter, scan the code or enter on the check page",
)
ENTER_CODE = Text(zh="核验码", en="check code")
TABLE = Text(zh="表", en="Table")
FORMS = frozenset({"form", "survey", "minutes", "leaflet", "mail"})
