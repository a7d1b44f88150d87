"""A binder (ZIP) and its check, off-line: nothing is needed but the file, and Python.

A binder is written in one way only: entries stored as they are, in the order of the manifest, no
times, no extras. The check reads it, compares every file with the manifest and every line of the
trail with its own hash, then writes the binder again out of what it read: a byte that is different
anywhere, be it in a header, makes another file.
"""

import binascii
import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FORMAT = "yaoyue-binder/1"
MANIFEST, SEAL, TRAIL = "manifest.json", "manifest.sha256", "trail.jsonl"
DOS_DATE = 0x0021  # 1980-01-01, the first day there is
UTF8, VERSION = 0x0800, 20
SEPARATOR = "\x1f"
PARTS = (
    "prev_hash", "tenant_id", "seq", "at", "actor_id", "actor", "verb", "subject_kind",
    "subject_id", "payload",
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What a check found. `fingerprint` is what the federation's trail kept when it was made."""

    ok: bool
    files: int = 0
    trail_lines: int = 0
    fingerprint: str = ""
    faults: Sequence[str] = field(default_factory=tuple)


def manifest_of(about: Mapping[str, Any], files: Sequence[tuple[str, bytes]]) -> bytes:
    """The list of all files with their hashes, as canonical JSON."""
    listed = [
        {"path": path, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for path, data in files
    ]
    whole = {"format": FORMAT, **about, "files": listed}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1).encode()


def bound(about: Mapping[str, Any], files: Sequence[tuple[str, bytes]]) -> tuple[bytes, str]:
    """The binder, and its fingerprint: the hash of its manifest."""
    manifest = manifest_of(about, files)
    seal = hashlib.sha256(manifest).hexdigest()
    return archive([*files, (MANIFEST, manifest), (SEAL, f"{seal}\n".encode())]), seal


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP file in the one way a binder is written (APPNOTE 4.3: stored, UTF-8 names)."""
    body, central, count = bytearray(), bytearray(), 0
    for path, data in files:
        name, crc = path.encode(), binascii.crc32(data)
        known = struct.pack("<HHHH", UTF8, 0, 0, DOS_DATE)  # flags, stored, midnight, the day
        sizes = struct.pack("<III", crc, len(data), len(data))
        names = struct.pack("<HH", len(name), 0)
        offset = len(body)
        body += struct.pack("<IH", 0x04034B50, VERSION) + known + sizes + names + name + data
        central += struct.pack("<IHH", 0x02014B50, VERSION, VERSION) + known + sizes + names
        central += struct.pack("<HHHII", 0, 0, 0, 0, offset) + name
        count += 1
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(central), len(body), 0)
    return bytes(body + central + end)


def verify(data: bytes) -> Verdict:
    """Check a binder. Never raises: whatever is wrong with a file is a fault of it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            files = [(one.filename, opened.read(one)) for one in opened.infolist()]
        known = dict(files)
        manifest = json.loads(known[MANIFEST])
        listed = {str(one["path"]): str(one["sha256"]) for one in manifest["files"]}
        seal = known[SEAL].decode().strip()
    except Exception as fault:  # noqa: BLE001 - whatever a damaged file makes the readers say
        return Verdict(ok=False, faults=(f"This is not a whole binder: {fault}",))
    faults = []
    if manifest.get("format") != FORMAT:
        faults.append(f"Unknown format: {manifest.get('format')}")
    if hashlib.sha256(known[MANIFEST]).hexdigest() != seal:
        faults.append(f"{MANIFEST}: not the list that was sealed")
    for path, digest in listed.items():
        if path not in known:
            faults.append(f"{path}: missing")
        elif hashlib.sha256(known[path]).hexdigest() != digest:
            faults.append(f"{path}: changed")
    strangers = set(known) - set(listed) - {MANIFEST, SEAL}
    faults += [f"{path}: not in the list" for path in sorted(strangers)]
    lines, broken = trail_faults(known.get(TRAIL, b""))
    faults += broken
    if not faults and archive(files) != data:
        faults.append("The file was changed outside its entries.")
    return Verdict(not faults, len(listed), lines, seal, tuple(faults))


def about(data: bytes) -> dict[str, Any]:
    """What a binder says of itself, without checking it; raises where it cannot be read."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        told: dict[str, Any] = json.loads(opened.read(MANIFEST))
    return told


def trail_faults(excerpt: bytes) -> tuple[int, list[str]]:
    """How many lines of the trail there are, and those that do not match their own hash."""
    count, faults, before = 0, [], None
    for text in excerpt.decode(errors="replace").splitlines():
        count += 1
        try:
            line = json.loads(text)
            whole = SEPARATOR.join(str(line[name]) for name in PARTS)
            if hashlib.sha256(whole.encode()).hexdigest() != line["hash"]:
                faults.append(f"{TRAIL}: line {line['seq']} was changed")
            if before is not None and line["seq"] == before["seq"] + 1:
                if line["prev_hash"] != before["hash"]:
                    faults.append(f"{TRAIL}: line {line['seq']} does not follow the one before")
            elif before is not None and line["seq"] <= before["seq"]:
                faults.append(f"{TRAIL}: line {line['seq']} is out of order")
            before = line
        except (ValueError, KeyError, TypeError):
            faults.append(f"{TRAIL}: line {count} cannot be read")
    return count, faults
