"""Pictures that come with a visit: kept without place, time and camera."""

from typing import Any

from sqlalchemy import select

from blueprints.visits.models import Visit
from rules.words import Text
from tenants.db import TenantOwned, db
from tenants.files import SCANS, UploadRefused, store
from tenants.models import Document
from tenants.photographs import Damaged, bare
from tenants.trail import named

PHOTO, PROOF = "visit.photo", "service"
MOST = 6
DAMAGED = Text(
    "照片已损坏，请重新拍摄或者选择。", "The picture is damaged; take or choose another."
)
TOO_MANY = Text(f"一次走访最多{MOST}张照片。", f"At most {MOST} pictures for a visit.")


def keep(file: Any, purpose: str, subject: TenantOwned, *, by_id: int) -> int:
    """Keep one file and answer with its id. Raises UploadRefused."""
    from flask import current_app

    data = file.stream.read(current_app.config["MAX_UPLOAD_BYTES"] + 1)
    try:
        data = bare(data)
    except Damaged:
        raise UploadRefused(DAMAGED) from None
    document = store(
        data, file.filename, purpose=purpose, allow=SCANS, subject=named(subject),
        uploaded_by_id=by_id,
    )  # fmt: skip
    return document.id


def sent(files: Any) -> list[Any]:
    """The files somebody chose; a browser sends an empty one where nothing was chosen."""
    return [file for file in files or () if getattr(file, "filename", "")]


def of(visit: Visit) -> list[Document]:
    query = select(Document).where(
        Document.subject_kind == Visit.__tablename__,
        Document.subject_id == visit.id,
        Document.purpose == PHOTO,
    )
    return list(db.session.scalars(query.order_by(Document.id)))
