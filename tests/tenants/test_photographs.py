"""A photograph is kept without where, when and with what it was taken."""

import struct

import pytest

from tenants.photographs import Damaged, bare
from tests.visits.world import jpeg, png

ONE_TURNED = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, 6, 0, 0)


def part(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def picture(*parts: bytes) -> bytes:
    scan = part(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xff\xd9"
    return b"\xff\xd8" + b"".join(parts) + scan


def exif(tiff: bytes) -> bytes:
    return part(0xE1, b"Exif\0\0" + tiff)


def test_place_and_camera_are_gone_and_how_it_was_held_stays():
    kept = bare(jpeg())
    assert b"GPS" not in kept
    assert b"my phone" not in kept
    assert ONE_TURNED in kept
    assert bare(kept) == kept, "and once more changes nothing"


def test_what_follows_the_end_is_cut_off():
    """A phone may hang a film there, with its place in it."""
    kept = bare(jpeg(tail=b"\0\0 moving picture GPS 30.33"))
    assert kept.endswith(b"\xff\xd9")
    assert b"moving" not in kept


def test_a_picture_without_metadata_stays_as_it_is():
    plain = jpeg(place=False)
    assert bare(plain) == plain


def test_colours_stay_and_other_metadata_go():
    profile, adobe = part(0xE2, b"ICC_PROFILE\0\x01\x01rgb"), part(0xEE, b"Adobe\0d\0\0\0\0\0\x01")
    several = part(0xE2, b"MPF\0more pictures")
    xmp = part(0xE1, b"http://ns.adobe.com/xap/1.0/\0<gps/>")
    kept = bare(picture(profile, several, adobe, xmp, b"\xff\xff" + part(0xFE, b"said")))
    assert profile in kept
    assert adobe in kept
    assert b"MPF" not in kept
    assert b"gps" not in kept
    assert b"said" not in kept


@pytest.mark.parametrize(
    "tiff",
    [
        b"??*\0",
        b"II*\0" + struct.pack("<I", 8),
        b"II*\0" + struct.pack("<IH", 8, 1) + struct.pack("<HHIHH", 0x010F, 2, 1, 0, 0),
        b"II*\0" + struct.pack("<IH", 8, 1) + struct.pack("<HHIHH", 0x0112, 3, 1, 9, 0),
    ],
)
def test_where_it_does_not_say_how_it_was_held_it_stands_upright(tiff):
    assert b"Exif" not in bare(picture(exif(tiff)))


@pytest.mark.parametrize(
    "broken",
    [
        b"\xff\xd8",
        b"\xff\xd8\x00\x01",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe1\x00\x01",
        b"\xff\xd8\xff\xe1\xff\xff",
        jpeg()[:-2],
        jpeg()[:-9],
        png()[:-5],
        png()[:12],
    ],
)
def test_a_picture_that_breaks_off_is_refused(broken):
    with pytest.raises(Damaged):
        bare(broken)


def test_bare_markers_between_the_parts_are_kept():
    assert b"\xff\x01" in bare(picture(b"\xff\x01"))


def test_of_a_png_only_what_is_drawn_stays():
    assert bare(png()) == png(place=False)
    assert bare(png() + b"more") == png(place=False)


def test_what_is_no_picture_is_left_alone():
    assert bare(b"%PDF-1.7 a scan") == b"%PDF-1.7 a scan"
