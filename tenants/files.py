"""Files: bytes on disk (or later S3, behind the same two verbs), fingerprint in a row."""

import hashlib
import os
from pathlib import Path
from typing import BinaryIO, Protocol

from flask import current_app

from rules.broken import RuleBroken
from rules.words import Text
from tenants.db import db
from tenants.file_types import UNKNOWN, media_type_of
from tenants.models import Document
from tenants.scope import current_tenant_id

SCANS = ("application/pdf", "image/png", "image/jpeg")
PAPERS = (*SCANS, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")


class UploadRefused(RuleBroken):
    """Says why a file is not taken."""


class Storage(Protocol):
    """Where bytes are kept. Keys are made by us, never by the person who uploads."""

    def put(self, key: str, data: bytes) -> None: ...
    def get(self, key: str) -> bytes: ...


class LocalDisk:
    """One folder; a file is written aside and renamed, so that it is whole or not there."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, data: bytes) -> None:
        path = self.root / key
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.{os.getpid()}.part")
        aside.write_bytes(data)
        aside.replace(path)

    def get(self, key: str) -> bytes:
        return (self.root / key).read_bytes()


def storage() -> Storage:
    kept: Storage = current_app.extensions["storage"]
    return kept


def store(
    source: BinaryIO | bytes,
    name: str,
    *,
    purpose: str,
    allow: tuple[str, ...] = PAPERS,
    subject: tuple[str, int] | None = None,
    uploaded_by_id: int | None = None,
) -> Document:
    """Keep a file and its row. Raises UploadRefused for an empty, oversized or unexpected one.

    The type is read from the content; a name is only a label.
    """
    limit = current_app.config["MAX_UPLOAD_BYTES"]
    data = source if isinstance(source, bytes) else source.read(limit + 1)
    if not data:
        raise UploadRefused(Text("文件是空的，请重新选择。", "The file is empty; choose another."))
    if len(data) > limit:
        size = f"{limit // 1024 // 1024} MB"
        raise UploadRefused(Text(f"文件超过{size}。", f"The file is larger than {size}."))
    media_type = media_type_of(data)
    if media_type not in allow:
        raise UploadRefused(_wrong_type(media_type))
    sha256 = hashlib.sha256(data).hexdigest()
    key = f"{current_tenant_id()}/{sha256[:2]}/{sha256}"
    storage().put(key, data)
    kind, ident = subject or (None, None)
    document = Document(
        subject_kind=kind,
        subject_id=ident,
        purpose=purpose,
        name=label(name),
        media_type=media_type,
        size=len(data),
        sha256=sha256,
        storage_key=key,
        uploaded_by_id=uploaded_by_id,
    )
    db.session.add(document)
    db.session.flush()
    return document


def label(name: str) -> str:
    """What the person called the file: a name and no place, and nothing that cannot be seen."""
    plain = "".join(char for char in name.replace("\\", "/") if char.isprintable())
    last = plain.rpartition("/")[2][:200]
    return last if last.strip(". ") else "file"


def open_document(document: Document) -> bytes:
    """The bytes, checked against the fingerprint. Raises OSError when they are gone or changed."""
    data = storage().get(document.storage_key)
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise OSError(f"Document {document.id} does not match its fingerprint.")
    return data


def _wrong_type(media_type: str) -> Text:
    if media_type == UNKNOWN:
        return Text(
            "不支持此类文件，请上传PDF、图片或者Word文档。",
            "This file type is not accepted; use PDF, PNG, JPEG or DOCX.",
        )
    return Text(
        f"文件内容是{media_type}，此处不接受。",
        f"The content of the file is {media_type}, which is not accepted here.",
    )
