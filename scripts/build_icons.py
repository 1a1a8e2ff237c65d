"""Draw the icons of the installed page: a city's ring, and a hub that three lines lead to.

python scripts/build_icons.py

Everything is computed from distances, so that nothing is copied and every size is sharp. The
maskable ones keep to the middle four fifths, because a system may cut the rest away.
"""

import struct
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "icons"
GROUND, RING, LINE, HUB = (16, 21, 27), (43, 53, 66), (156, 195, 230), (237, 241, 245)
SPOKES_DEG = (90.0, 210.0, 330.0)
FINER = 4  # drawn so many times larger, then averaged

Plane = npt.NDArray[np.float64]


def icon(size: int, *, reach: float) -> bytes:
    """Draw an icon as PNG; `reach` is how far from its middle the drawing goes, of a half side."""
    wide = size * FINER
    axis = (np.arange(wide) + 0.5) / wide * 2 - 1
    x, y = np.meshgrid(axis / reach, -axis / reach)
    picture = np.broadcast_to(np.array(GROUND, float), (wide, wide, 3)).copy()
    _fill(picture, np.abs(np.hypot(x, y) - 0.86) < 0.055, RING)
    for angle in np.radians(SPOKES_DEG):
        end = 0.86 * np.cos(angle), 0.86 * np.sin(angle)
        _fill(picture, _from_line(x, y, end) < 0.06, LINE)
        _fill(picture, np.hypot(x - end[0], y - end[1]) < 0.17, LINE)
    _fill(picture, np.hypot(x, y) < 0.31, HUB)
    small = picture.reshape(size, FINER, size, FINER, 3).mean(axis=(1, 3)).round().astype(np.uint8)
    return _png(small)


def _fill(picture: Plane, where: npt.NDArray[np.bool_], colour: tuple[int, int, int]) -> None:
    picture[where] = colour


def _from_line(x: Plane, y: Plane, end: tuple[float, float]) -> Plane:
    """Give the distance of every point from the line between the middle and its end."""
    share = np.clip((x * end[0] + y * end[1]) / (end[0] ** 2 + end[1] ** 2), 0, 1)
    distance: Plane = np.hypot(x - share * end[0], y - share * end[1])
    return distance


def _png(pixels: npt.NDArray[np.uint8]) -> bytes:
    """Write 8-bit RGB as PNG (ISO/IEC 15948)."""
    height, width, _ = pixels.shape
    lines = np.concatenate([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)], axis=1)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (
        chunk(b"IHDR", head),
        chunk(b"IDAT", zlib.compress(lines.tobytes(), 9)),
        chunk(b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def main() -> None:
    """Write every icon."""
    FOLDER.mkdir(exist_ok=True)
    for size in (180, 192, 512):
        (FOLDER / f"lianxin-{size}.png").write_bytes(icon(size, reach=0.92))
    (FOLDER / "lianxin-mask-512.png").write_bytes(icon(512, reach=0.72))


if __name__ == "__main__":
    main()
