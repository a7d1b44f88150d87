"""A file that came with a form: kept, or refused beside its field."""

from dataclasses import dataclass
from typing import Any

from blueprints.shared.languages import said
from tenants.db import TenantOwned
from tenants.files import SCANS, UploadRefused, store
from tenants.trail import named


@dataclass(frozen=True)
class Upload:
    """What became of it. `document_id` is None where no file was sent."""

    fine: bool
    document_id: int | None = None


def upload(
    field: Any,
    purpose: str,
    subject: TenantOwned,
    *,
    allow: tuple[str, ...] = SCANS,
    by_id: int | None = None,
) -> Upload:
    """Keep the file of a field with the row it belongs to; say why not in the field's errors."""
    file = field.data
    if not file or not getattr(file, "filename", ""):
        return Upload(fine=True)
    try:
        document = store(
            file.stream,
            file.filename,
            purpose=purpose,
            allow=allow,
            subject=named(subject),
            uploaded_by_id=by_id,
        )
    except UploadRefused as refused:
        field.errors = [*field.errors, said(refused.text)]
        return Upload(fine=False)
    return Upload(fine=True, document_id=document.id)
