"""Whether the seals are chains without a gap that cover every sale: hashes written here a second time."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC

from tests.proof.books import Books, Sale, Seal, lines_of


def seals_whole(books: Books) -> Iterator[str]:
    """Each chain link by link, each sale's digest from its row and lines, each seal over its sales."""
    covered: defaultdict[tuple[int, int], list[bytes]] = defaultdict(list)
    for sale in books.sales.values():
        covered[sale.lane, sale.seal].append(bytes(sale.digest))
        if digest(sale, books) != bytes(sale.digest):
            yield f"sale {sale.id} does not have the digest of its contents"
    before, lane, number = bytes(32), None, 0
    for seal in books.seals:
        if seal.lane != lane:
            before, lane, number = bytes(32), seal.lane, 0
        number += 1
        if seal.number != number:
            yield f"lane {lane} has seal {seal.number} where {number} should be"
            number = seal.number
        said = sorted(covered.pop((seal.lane, seal.number), []))
        if seal.entries != len(said) or bytes(seal.digest) != hashlib.sha256(b"".join(said)).digest():
            yield f"seal {lane}/{seal.number} does not cover its {len(said)} sales"
        if bytes(seal.hash) != link(before, seal):
            yield f"seal {lane}/{seal.number} does not follow the one before it"
        before = bytes(seal.hash)
    for lane_, number_ in covered:
        yield f"sales name seal {lane_}/{number_}, which is not there"


def link(before: bytes, seal: Seal) -> bytes:
    """The hash of a seal that follows another one."""
    at = seal.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = f"{seal.lane}/{seal.number}/{at}/{seal.entries}/"
    return hashlib.sha256(before + said.encode() + bytes(seal.digest)).digest()


def digest(sale: Sale, books: Books) -> bytes:
    """What a sale is, in 16 bytes."""
    lines = sorted((one.account, one.quantity, one.amount) for one in lines_of(books.moved.get(sale.id, [])))
    said = [
        sale.id, sale.shop, sale.kind, sale.holder, sale.month, sale.category, sale.members, sale.home_state,
        sale.home_shop, sale.mode, sale.member, sale.why, sale.ekyc_asked, sale.reference, sale.device, lines,
    ]  # fmt: skip
    text = json.dumps(said, separators=(",", ":"), ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
