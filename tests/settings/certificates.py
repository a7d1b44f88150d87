"""Certificates made for a test, of a root of our own: good ones and every kind of bad one."""

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from tenants.clock import ZONE

PASSWORD = "a password for tests"
MADE = datetime(2026, 1, 1, tzinfo=ZONE)


def name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def made(subject, key, issuer, issuer_key, *, first=MADE, days=3650, authority=False, signs=True):
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only",
         "decipher_only"), False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(first + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=signs and not authority, content_commitment=signs,
                key_cert_sign=authority, crl_sign=authority, **usage,
            ),
            critical=True,
        )
        .sign(issuer_key, SHA256())
    )  # fmt: skip


def rsa_key(bits: int = 2048):
    return rsa.generate_private_key(65537, bits)


def root():
    key = ec.generate_private_key(ec.SECP256R1())
    return made("示范根证书", key, "示范根证书", key, authority=True), key


def bundle(above, above_key, *, key=None, of=None, password=PASSWORD, **facts) -> bytes:
    """A .p12 for the federation; with `of`, its certificate is of that other key."""
    key = key or rsa_key()
    leaf = made("示范市总工会", of or key, "示范根证书", above_key, **facts)
    return packed(key, None if of else leaf, [leaf, above] if of else [above], password)


def packed(key, leaf, others, password=PASSWORD) -> bytes:
    locked = BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(b"signing", key, leaf, others, locked)
