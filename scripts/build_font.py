"""Makes the font that ships with the screens: Noto Sans SC, variable weight, cut to what is used.

    npm pack @fontsource-variable/noto-sans-sc@5.3.1
    tar -xzf fontsource-variable-noto-sans-sc-5.3.1.tgz
    /tmp/maps/bin/python scripts/build_font.py package

The package holds the font in a hundred slices by character. They are put together again, with
the 6,763 characters of GB 2312, Latin, punctuation and signs, and weights 400 to 700. Layout
tables are left out: figures are of one width as they are (checked), and nothing else is used.
"""

import sys
from pathlib import Path

from fontTools.misc.roundTools import otRound
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.varLib import instancer

FONTS = Path(__file__).resolve().parent.parent / "assets" / "fonts"
NAME, FILE = "Lianxin Sans", "lianxin-sans.woff2"
WEIGHTS = (400, 700)
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x209F),
    (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2150, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF),
    (0x2300, 0x23FF), (0x2460, 0x24FF), (0x2500, 0x25FF), (0x2600, 0x26FF), (0x2700, 0x27BF),
    (0x3000, 0x303F), (0xFF00, 0xFFEF),
)  # fmt: skip
LEFT_OUT = {"GSUB", "GPOS", "GDEF", "BASE", "HVAR", "vhea", "vmtx", "prep"}
PLACE_NAMES = "罘夼疃瀑埠栾砣矶崆峒岬屺崮莒昆嵛嵎烟㞎"  # of Yantai, some beyond GB 2312


def wanted() -> set[int]:
    """Give the characters to keep."""
    hanzi = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                hanzi.add(ord(bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    signs = {code for first, last in RANGES for code in range(first, last + 1)}
    return hanzi | signs | {ord(one) for one in PLACE_NAMES}


class Merged:
    """One font out of slices: outlines, their change with weight, widths and characters."""

    def __init__(self, base: TTFont) -> None:
        self.font = base
        self.order = [".notdef"]
        self.glyphs = {".notdef": base["glyf"][".notdef"]}
        self.changes = {".notdef": base["gvar"].variations.get(".notdef", [])}
        self.widths = {".notdef": base["hmtx"][".notdef"]}
        self.characters: dict[int, str] = {}

    def take(self, number: int, part: TTFont, keep: set[int]) -> None:
        """Take the wanted characters of a slice that are not there yet."""
        for code, name in part.getBestCmap().items():
            if code in keep and code not in self.characters:
                self.characters[code] = self._glyph(number, part, name)

    def _glyph(self, number: int, part: TTFont, name: str) -> str:
        own = f"s{number}.{name}"
        if own in self.glyphs:
            return own
        glyph = part["glyf"][name]
        if glyph.isComposite():
            for piece in glyph.components:
                piece.glyphName = self._glyph(number, part, piece.glyphName)
        self.order.append(own)
        self.glyphs[own] = glyph
        self.changes[own] = part["gvar"].variations.get(name, [])
        self.widths[own] = part["hmtx"][name]
        return own

    def finish(self) -> TTFont:
        """Write what was taken into the base font and drop the tables that speak of the rest."""
        font = self.font
        for name in set(font.keys()) & {
            "GSUB",
            "GPOS",
            "GDEF",
            "BASE",
            "HVAR",
            "vhea",
            "vmtx",
            "prep",
        }:
            del font[name]
        font.setGlyphOrder(self.order)
        font["glyf"].glyphs, font["glyf"].glyphOrder = self.glyphs, self.order
        font["gvar"].variations = self.changes
        font["hmtx"].metrics = self.widths
        font["maxp"].numGlyphs = len(self.order)
        font["post"].formatType = 3.0
        table = CmapSubtable.newSubtable(12)
        table.platformID, table.platEncID, table.language = 3, 10, 0
        table.cmap = self.characters
        font["cmap"] = newTable("cmap")
        font["cmap"].tableVersion, font["cmap"].tables = 0, [table]
        return font


def rename(font: TTFont) -> None:
    """Call the font by a name of our own, as the licence's reserved names ask."""
    for record in list(font["name"].names):
        if record.nameID in (1, 4, 16):
            font["name"].setName(NAME, record.nameID, *_of(record))
        elif record.nameID in (3, 6, 25):
            font["name"].setName(NAME.replace(" ", ""), record.nameID, *_of(record))


def _of(record: object) -> tuple[int, int, int]:
    return record.platformID, record.platEncID, record.langID  # type: ignore[attr-defined]


def main() -> None:
    """Write the font and the licence beside it."""
    package, keep = Path(sys.argv[1]), wanted()
    files = sorted((package / "files").glob("*.woff2"))
    latin = next(one for one in files if one.name.endswith("-sc-latin-wght-normal.woff2"))
    merged = Merged(TTFont(latin, recalcTimestamp=False))
    for number, file in enumerate([latin, *(one for one in files if one != latin)]):
        merged.take(number, TTFont(file), keep)
    font = instancer.instantiateVariableFont(merged.finish(), {"wght": WEIGHTS})
    widths = {font["hmtx"][merged.characters[ord(figure)]][0] for figure in "0123456789"}
    if len(widths) != 1:
        raise SystemExit(f"figures are not of one width: {sorted(map(otRound, widths))}")
    rename(font)
    font.flavor = "woff2"
    FONTS.mkdir(parents=True, exist_ok=True)
    font.save(FONTS / FILE)
    (FONTS / "OFL.txt").write_bytes((package / "LICENSE").read_bytes())
    missing = sorted(code for code in keep - set(merged.characters) if 0x4E00 <= code <= 0x9FFF)
    print(f"{len(merged.characters)} characters, {(FONTS / FILE).stat().st_size / 1e6:.2f} MB")
    print(f"hanzi not in the font: {''.join(map(chr, missing)) or 'none'}")


if __name__ == "__main__":
    main()
