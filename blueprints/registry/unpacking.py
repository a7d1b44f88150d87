"""Looking at an uploaded file before anything opens it: disguises, locks, bombs."""

import io
import re
import zipfile
import zlib

from rules.broken import RuleBroken
from rules.words import Text

MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 2_000
_CHUNK = 1 << 20
# A single filled cell in column XFD or row 1048576 would make the reader lay out all between.
_FAR = re.compile(
    rb"""<(?:\w+:)?c\b[^<>]*?\br\s*=\s*["'](?:[A-Z]{3,}\d+|[D-Z][A-Z]\d+|[A-Z]+(?:[1-9]\d{5,}))["'][^<>]*(?<!/)>"""
)


class SheetRefused(RuleBroken):
    """Says why a file cannot be read as a ledger."""


LOCKED = Text(
    "工作簿设有打开密码，请去掉密码后重新上传。",
    "The workbook is protected by a password; remove it and upload again.",
)
OLD = Text(
    "这是旧版Excel文件（.xls），请另存为.xlsx后上传。",
    "This is an old Excel file (.xls); save it as .xlsx and upload that.",
)
MACROS = Text(
    "工作簿带有宏，请另存为不带宏的.xlsx后上传。",
    "The workbook has macros; save it as .xlsx without them and upload that.",
)
BOMB = Text(
    "文件解压后过大，已拒绝打开。",
    "The file would unpack to an unreasonable size and was not opened.",
)
BROKEN = Text(
    "工作簿已损坏，无法打开；请用Excel打开后另存一份再上传。",
    "The workbook is damaged; open it in Excel, save a copy and upload that.",
)
STRANGER = Text(
    "这不是Excel工作簿（.xlsx）或者CSV文件，请核对后重新选择。",
    "This is neither an Excel workbook (.xlsx) nor a CSV file; choose another.",
)
FAR_CELLS = Text(
    "表格里有内容填在很远的行或者列，请删除表格以外的内容后重新上传。",
    "Cells far outside the table are filled in; delete them and upload again.",
)
_DISGUISES = (
    b"MZ",
    b"\x7fELF",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
)


def examine(data: bytes) -> bool:
    """Whether it is a workbook that is safe to open; False means: perhaps a text file.

    Raises SheetRefused for all that is neither.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise SheetRefused(LOCKED if locked else OLD)
    if data.startswith(_DISGUISES):
        raise SheetRefused(STRANGER)
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _weigh(archive, len(data))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ):
        raise SheetRefused(BROKEN) from None
    return True


def _weigh(archive: zipfile.ZipFile, packed: int) -> None:
    """Unpack every part once, piece by piece, keeping nothing: sizes that lie are found out."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise SheetRefused(STRANGER)
    if any(name.endswith("vbaProject.bin") for name in names):
        raise SheetRefused(MACROS)
    declared = sum(part.file_size for part in parts)
    if (
        len(parts) > MAX_PARTS
        or declared > MAX_UNPACKED
        or declared > MAX_RATIO * max(packed, 50_000)
    ):
        raise SheetRefused(BOMB)
    for part in parts:
        if part.flag_bits & 1:
            raise SheetRefused(LOCKED)
        sheet = part.filename.startswith("xl/worksheets/")
        with archive.open(part) as stream:
            tail = b""
            while piece := stream.read(_CHUNK):
                if sheet and _FAR.search(tail + piece):
                    raise SheetRefused(FAR_CELLS)
                tail = piece[-4096:]
