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
SERVICE_CODE = Text(zh="登记送达二维码", en="QR code for recording the service")
SERVICE_HINT = Text(
    zh="寄出前取下。送达人员扫码登记送达；挂号信编号：",
    en="Take this sheet off before posting. Scan to record the service. Registered number:",
)
TABLE = Text(zh="表", en="Table")
FORMS = frozenset({"form", "survey", "minutes", "leaflet", "mail"})
