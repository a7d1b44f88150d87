"""Photographs as they are kept: the picture, and nothing of where, when or with what it was taken.

The picture itself is not decoded, so no decoder has to be trusted with a stranger's bytes: what
is not needed to draw it is left out, part by part. How it is to be turned is kept.
"""

import struct
from collections.abc import Iterator

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_SOI, _EOI, _SOS, _COM = 0xD8, 0xD9, 0xDA, 0xFE
_APP0, _APP1, _APP2, _APP14, _APP15 = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF
_BARE = {0x01, *range(0xD0, 0xD8)}  # markers without a length
_ORIENTATION = 0x0112
# What a PNG needs to be drawn as it was meant.
_DRAWN = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
    b"bKGD", b"pHYs",
}  # fmt: skip


class Damaged(ValueError):
    """The bytes are not the picture they begin like."""


def bare(data: bytes) -> bytes:
    """The picture without its metadata; anything but JPEG and PNG as it is.

    Raises Damaged where the parts do not add up.
    """
    try:
        if data.startswith(JPEG):
            return _bare_jpeg(data)
        if data.startswith(PNG):
            return _bare_png(data)
    except (struct.error, IndexError):
        raise Damaged("The picture breaks off.") from None
    return data


def _bare_jpeg(data: bytes) -> bytes:
    """Keeps JFIF, colours and the scans; drops EXIF, XMP, comments, and what follows the end."""
    kept, turned = [data[:2]], 1
    for marker, part in _parts(data):
        if marker == _APP1 and part[4:10] == b"Exif\0\0":
            turned = _orientation(part[10:])
        if _needed(marker, part):
            kept.append(part)
    if turned != 1:
        kept.insert(1, _only_orientation(turned))
    return b"".join(kept)


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The parts of a JPEG after its first two bytes, up to its end and no further."""
    marker, place = _SOI, 2
    while marker != _EOI:
        if data[place] != 0xFF:
            raise Damaged("A part does not begin where it should.")
        marker = data[place + 1]
        if marker == 0xFF:  # padding
            place += 1
            continue
        end = place + 2
        if marker != _EOI and marker not in _BARE:
            (length,) = struct.unpack_from(">H", data, end)
            end += length
            if length < 2 or end > len(data):
                raise Damaged("A part is longer than the file.")
        if marker == _SOS:
            end = _end_of_scan(data, end)
        yield marker, data[place:end]
        place = end


def _needed(marker: int, part: bytes) -> bool:
    if marker == _APP2:
        return part[4:16] == b"ICC_PROFILE\0"
    if marker in {_APP0, _APP14}:  # JFIF, and how Adobe wrote the colours
        return True
    return not (_APP1 <= marker <= _APP15 or marker == _COM)


def _end_of_scan(data: bytes, place: int) -> int:
    """Where the next marker stands: FF 00 is a byte of the picture, FF D0–D7 restart it."""
    while True:
        place = data.find(b"\xff", place)
        if place < 0:
            raise Damaged("The picture breaks off.")
        follows = data[place + 1]
        if follows == 0x00 or 0xD0 <= follows <= 0xD7:
            place += 2
        elif follows == 0xFF:
            place += 1
        else:
            return place


def _orientation(tiff: bytes) -> int:
    """How the camera was held, 1 to 8; 1 where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(min(count, 200)):
            tag, _kind, _count, value = struct.unpack_from(
                f"{order}HHIH", tiff, first + 2 + 12 * number
            )
            if tag == _ORIENTATION:
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _only_orientation(turned: int) -> bytes:
    """An EXIF part that says how to turn the picture, and nothing else."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    part = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(part) + 2) + part


def _bare_png(data: bytes) -> bytes:
    kept, place = [PNG], len(PNG)
    while True:
        (length,) = struct.unpack_from(">I", data, place)
        name, end = data[place + 4 : place + 8], place + 12 + length
        if end > len(data):
            raise Damaged("A part is longer than the file.")
        if name in _DRAWN:
            kept.append(data[place:end])
        place = end
        if name == b"IEND":
            return b"".join(kept)
