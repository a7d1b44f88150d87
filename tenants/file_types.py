"""What a file is, told from its first bytes."""

import io
import zipfile

UNKNOWN = "application/octet-stream"
_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def media_type_of(data: bytes) -> str:
    """One of the types we accept anywhere, or UNKNOWN. Macros make an office file unknown."""
    for head, media_type in _SIGNATURES:
        if data.startswith(head):
            return media_type
    if data.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = set(archive.namelist())
        except zipfile.BadZipFile:
            return UNKNOWN
        if not any(name.endswith("vbaProject.bin") for name in names):
            return next((kind for part, kind in _OFFICE.items() if part in names), UNKNOWN)
    return UNKNOWN
