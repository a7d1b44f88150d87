"""A supervisor with a portfolio: enterprises with offers that nobody has served."""

import struct
import zlib
from datetime import date
from types import SimpleNamespace

from sqlalchemy import select

from blueprints.offers.ground.models import Offer
from blueprints.registry.models import Enterprise
from blueprints.supervisors.models import Assignment
from tenants.db import db
from tests.offers.world import instant, issued
from tests.supervisors.world import another, on_roster
from tests.world import Federation

NAMES = ("示例甲餐饮有限公司", "示例乙餐饮有限公司", "示例丙餐饮有限公司")
TODAY = "2026-03-10"  # a Tuesday, a week after the offers went out
MADE = {
    "visited_on": TODAY, "minutes": "40", "way": "on_site", "purpose": "serve", "met": "decider",
    "met_post": "总经理", "topics": ["wages", "how_to_reply"], "said": "年度结算后可以协商",
    "outcome": "talk_again", "next_step": "none",
}  # fmt: skip


def walked(federation: Federation, names: tuple[str, ...] = NAMES) -> SimpleNamespace:
    """Offers out on 2 March; the supervisor serves all but the last, which another serves."""
    issued(federation, names)
    with federation.scope(at=instant("2026-03-02")):
        mine = on_roster(federation, phone="0716-0000001", area_code="421002")
        other = another(federation, "吴某某")
        firms = list(db.session.scalars(select(Enterprise).order_by(Enterprise.id)))
        for number, firm in enumerate(firms):
            firm.locality, firm.address = "胜利街道", f"示范路{number + 1}号"
            last = number == len(firms) - 1
            db.session.add(
                Assignment(
                    supervisor_id=(other if last else mine).id,
                    enterprise_id=firm.id,
                    valid_from=date(2026, 1, 1),
                )
            )
        db.session.commit()
        to = {offer.enterprise_id: offer.id for offer in db.session.scalars(select(Offer))}
        return SimpleNamespace(
            offers=[to[firm.id] for firm in firms],
            firms=[firm.id for firm in firms],
            mine=mine.id,
            other=other.id,
            other_user=other.user_id,
        )


def offer_of(offer_id: int) -> Offer:
    return db.session.scalars(select(Offer).where(Offer.id == offer_id)).one()


def jpeg(*, place: bool = True, turned: int = 6, tail: bytes = b"") -> bytes:
    """A JPEG of eight by eight, with a place in its EXIF, as a phone would write it."""
    tiff = b"II*\0" + struct.pack("<IH", 8, 2)
    tiff += struct.pack("<HHIHH", 0x0112, 3, 1, turned, 0)
    tiff += struct.pack("<HHII", 0x8825, 4, 1, 38) + struct.pack("<I", 0)
    tiff += b"GPS 30.33 N 112.24 E"
    exif = b"Exif\0\0" + tiff
    parts = [b"\xff\xd8"]
    parts.append(b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
    if place:
        parts.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
        parts.append(b"\xff\xfe" + struct.pack(">H", 2 + 8) + b"my phone")
    parts.append(b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\0\0\x3f\0")
    parts.append(b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9")
    return b"".join(parts) + tail


def png(*, place: bool = True) -> bytes:
    """A PNG of one grey point."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))]
    if place:
        chunks += [(b"eXIf", b"GPS 30.33 N"), (b"tEXt", b"Author\0me"), (b"tIME", b"\0" * 7)]
    chunks += [(b"IDAT", zlib.compress(b"\0\x80")), (b"IEND", b"")]
    made = b"\x89PNG\r\n\x1a\n"
    for name, body in chunks:
        sum_ = struct.pack(">I", zlib.crc32(name + body))
        made += struct.pack(">I", len(body)) + name + body + sum_
    return made
