"""Taking a certificate in, and giving it up: only one that can sign today is kept."""

import base64
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PublicFormat,
    pkcs12,
)

from blueprints.notices.sealing import CERTIFICATE, seal
from blueprints.settings.certificate_models import SigningCertificate, signing_certificate
from rules.broken import RuleBroken
from rules.days import local_day
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db

RSA_BITS = 2048  # shorter keys are refused by the readers of signed files
SEQUENCE = b"\x30"  # how every PKCS#12 begins (RFC 7292: a DER sequence)


class CertificateRefused(RuleBroken):
    """Why a file is not taken. `password`: the password is at fault, not the file."""

    def __init__(self, text: Text, *, password: bool = False) -> None:
        super().__init__(text)
        self.password = password


@dataclass(frozen=True)
class Found:
    """A certificate that can sign, with its key and those above it."""

    certificate: x509.Certificate
    pkcs12: bytes  # without a password; it is kept sealed
    key_kind: str


def read(data: bytes, password: str, *, at: datetime) -> Found:
    """What is in a PKCS#12 file. Raises CertificateRefused in words for whoever uploaded it."""
    if not data.startswith(SEQUENCE):
        raise CertificateRefused(
            Text("这不是 PKCS#12 证书文件（.p12 或 .pfx）。",
                 "This is no PKCS#12 file (.p12 or .pfx).")
        )  # fmt: skip
    try:
        bundle = pkcs12.load_pkcs12(data, password.encode() or None)
    except UnsupportedAlgorithm:
        raise CertificateRefused(OTHER_KEY) from None
    except ValueError:
        raise CertificateRefused(
            Text("密码不对，或者文件已损坏。", "The password is wrong, or the file is damaged."),
            password=True,
        ) from None
    key, leaf = bundle.key, bundle.cert.certificate if bundle.cert else None
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise CertificateRefused(OTHER_KEY if key else NO_KEY)
    if leaf is None or not matches(key, leaf):
        raise CertificateRefused(
            Text("证书与文件中的私钥不匹配。", "The certificate does not match the key in it.")
        )
    if (fault := fault_at(leaf, at) or fault_in_use(leaf, key)) is not None:
        raise CertificateRefused(fault)
    chain = [one.certificate for one in bundle.additional_certs]
    plain = pkcs12.serialize_key_and_certificates(None, key, leaf, chain, NoEncryption())
    return Found(leaf, plain, kind_of(key))


NO_KEY = Text(
    "文件中没有私钥，不能签名。请从签名设备或者发证机构导出含私钥的证书。",
    "There is no key in the file, so it cannot sign. Export the certificate with its key.",
)
OTHER_KEY = Text(
    "这种密钥不能用于 PDF 签名；只支持 RSA 和 ECDSA（不支持国密 SM2）。",
    "This kind of key cannot sign PDF files here: RSA and ECDSA can, SM2 cannot.",
)


def matches(key: RSAPrivateKey | EllipticCurvePrivateKey, leaf: x509.Certificate) -> bool:
    """Whether the certificate is of this key."""
    form = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    try:
        return key.public_key().public_bytes(*form) == leaf.public_key().public_bytes(*form)
    except (UnsupportedAlgorithm, ValueError):
        return False


def fault_at(leaf: x509.Certificate, at: datetime) -> Text | None:
    """Why it does not hold at a moment; None when it does."""
    return fault_of_days(leaf.not_valid_before_utc, leaf.not_valid_after_utc, at)


def fault_of_days(first: datetime, last: datetime, at: datetime) -> Text | None:
    if at > last:
        day = local_day(last).isoformat()
        return Text(f"证书已于{day}到期。", f"The certificate ran out on {day}.")
    if at < first:
        day = local_day(first).isoformat()
        return Text(f"证书自{day}起才有效。", f"The certificate holds from {day} only.")
    return None


def fault_in_use(
    leaf: x509.Certificate, key: RSAPrivateKey | EllipticCurvePrivateKey
) -> Text | None:
    """Why it was not made for signing papers; None when it may sign."""
    if isinstance(key, RSAPrivateKey) and key.key_size < RSA_BITS:
        return Text(f"密钥只有{key.key_size}位，至少要{RSA_BITS}位。",
                    f"Its key has {key.key_size} bits; at least {RSA_BITS} are due.")  # fmt: skip
    try:
        use = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None
    if use.digital_signature or use.content_commitment:
        return None
    return Text("证书用途不含数字签名。", "The certificate was not made for signing.")


def kind_of(key: RSAPrivateKey | EllipticCurvePrivateKey) -> str:
    return f"RSA {key.key_size}" if isinstance(key, RSAPrivateKey) else f"EC {key.curve.name}"


def keep(found: Found, *, by_id: int) -> SigningCertificate:
    """It signs from now on; one that was there before is thrown away, key and all."""
    forget()
    leaf = found.certificate
    one = SigningCertificate(
        pkcs12=seal(base64.b64encode(found.pkcs12).decode(), purpose=CERTIFICATE),
        subject=leaf.subject.rfc4514_string(),
        issuer=leaf.issuer.rfc4514_string(),
        serial=f"{leaf.serial_number:x}",
        sha256=leaf.fingerprint(SHA256()).hex(),
        key_kind=found.key_kind,
        valid_from=leaf.not_valid_before_utc,
        valid_until=leaf.not_valid_after_utc,
        uploaded_by_id=by_id,
    )
    db.session.add(one)
    db.session.flush()
    trail.record(
        "certificate.kept", one, name=one.subject, sha256=one.sha256,
        until=local_day(one.valid_until).isoformat(),
    )  # fmt: skip
    return one


def forget() -> bool:
    """Throw it away with its key; False where there is none. What it has signed stays signed."""
    if (one := signing_certificate(lock=True)) is None:
        return False
    trail.record("certificate.thrown_away", one, name=one.subject, sha256=one.sha256)
    db.session.delete(one)
    db.session.flush()
    return True


def fault_now(one: SigningCertificate) -> Text | None:
    """Why it does not sign now; None when it does."""
    return fault_of_days(one.valid_from, one.valid_until, now())
