"""A PDF signed with the federation's certificate, where this house has the part that can do it.

pyHanko is the extra `pdf-signing` (ADR 5): a house without it works as before and says so.
"""

import base64
from io import BytesIO

from flask import current_app

from blueprints.notices.sealing import CERTIFICATE, Unreadable, unseal
from blueprints.settings.certificate_models import SigningCertificate, signing_certificate
from blueprints.settings.certificates import fault_now
from rules.broken import RuleBroken
from rules.words import Text

FIELD = "Federation"
ABSENT = Text(
    "本系统没有安装 PDF 签名组件，不能做数字签名；签字页照常可以打印盖章。",
    "This house has no PDF signature. The sheet can be printed and sealed as ever.",
)
NO_CERTIFICATE = Text(
    "尚未上传本会的签名证书（设置 → PDF 签名）。",
    "The federation has no certificate yet (Settings → PDF signature).",
)
SEALED_ELSEWHERE = Text(
    "证书是在另一把系统密钥下保存的，请重新上传。",
    "The certificate was kept under another key of this house; upload it again.",
)


def available() -> bool:
    """Whether this house can sign PDF files at all."""
    return bool(current_app.config["PDF_SIGNING"])


def why_not() -> Text | None:
    """What stands in the way of a signature now; None when nothing does."""
    if not available():
        return ABSENT
    one = signing_certificate()
    return NO_CERTIFICATE if one is None else fault_now(one)


def signed_pdf(pdf: bytes, reason: str) -> tuple[bytes, SigningCertificate]:
    """The same file with one signature over the whole of it, and the certificate that gave it.

    Raises RuleBroken where the house, the certificate or its days do not allow it.
    """
    if (fault := why_not()) is not None:
        raise RuleBroken(fault)
    one = signing_certificate()
    if one is None:
        raise RuleBroken(NO_CERTIFICATE)
    try:
        bundle = base64.b64decode(unseal(one.pkcs12, purpose=CERTIFICATE))
    except Unreadable:
        raise RuleBroken(SEALED_ELSEWHERE) from None
    return _sign(pdf, bundle, reason), one


def _sign(pdf: bytes, bundle: bytes, reason: str) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf

    signer = SimpleSigner.load_pkcs12_data(bundle, other_certs=[], passphrase=None)
    about = PdfSignatureMetadata(field_name=FIELD, reason=reason, md_algorithm="sha256")
    out: BytesIO = sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), about, signer=signer)
    return out.getvalue()
