"""A screenshot that was made small looks as it did."""

import struct
import zlib

import pytest

from tests.browser.png import shrunk

WIDTH, SIZE, FILTERS = 4, 3, 5
LOOKS = [bytes((row * 67 + at * 29) % 256 for at in range(WIDTH * SIZE)) for row in range(FILTERS)]


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(data: bytes, *, depth: int = 8) -> bytes:
    header = struct.pack(">IIBBBBB", WIDTH, FILTERS, depth, 2, 0, 0, 0)
    # Browsers write the data in several parts.
    parts = chunk(b"IDAT", data[:9]) + chunk(b"IDAT", data[9:])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + parts + chunk(b"IEND", b"")


def guess(kind: int, *, left: int, up: int, corner: int) -> int:
    nearest = min((left, up, corner), key=lambda one: abs(left + up - corner - one))
    return (0, left, up, (left + up) // 2, nearest)[kind]


def filtered(kind: int) -> bytes:
    row, above = LOOKS[kind], LOOKS[kind - 1] if kind else bytes(WIDTH * SIZE)
    before = [bytes(SIZE) + row, bytes(SIZE) + above]
    guesses = [guess(kind, left=before[0][at], up=above[at], corner=before[1][at]) for at in range(len(row))]
    return bytes([kind]) + bytes((one - other) % 256 for one, other in zip(row, guesses, strict=True))


def test_whatever_the_rows_are_filtered_with_they_look_the_same() -> None:
    small = shrunk(png(zlib.compress(b"".join(filtered(kind) for kind in range(FILTERS)))))

    data = zlib.decompress(small[small.index(b"IDAT") + 4 :])
    rows = [data[at : at + 1 + WIDTH * SIZE] for at in range(0, len(data), 1 + WIDTH * SIZE)]
    assert [row[0] for row in rows] == [0] * FILTERS
    differences = [
        abs(one - other)
        for row, look in zip(rows, LOOKS, strict=True)
        for one, other in zip(row[1:], look, strict=True)
    ]
    assert max(differences) <= 2


def test_a_picture_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="8 bits"):
        shrunk(png(zlib.compress(b""), depth=16))
