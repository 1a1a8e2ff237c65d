"""Makes the fonts of reports: the screens' font in two fixed weights, as writers of PDF read them.

    /tmp/maps/bin/python scripts/build_paper_fonts.py

What is embedded in a report is cut to its characters again; the licence is beside the font of
the screens (assets/fonts/OFL.txt).
"""

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
SOURCE, FONTS = ROOT / "assets" / "fonts" / "lianxin-sans.woff2", ROOT / "papers" / "fonts"
WEIGHTS = {"Regular": 400, "Bold": 700}


def name(font: TTFont, style: str) -> None:
    """Name a fixed weight, so that a reader of the file tells the two apart."""
    for record in list(font["name"].names):
        said = {2: style, 4: f"Lianxin Sans {style}", 6: f"LianxinSans-{style}"}.get(record.nameID)
        if said is not None:
            font["name"].setName(
                said, record.nameID, record.platformID, record.platEncID, record.langID
            )


def main() -> None:
    """Write both weights."""
    FONTS.mkdir(parents=True, exist_ok=True)
    for style, weight in WEIGHTS.items():
        font = instancer.instantiateVariableFont(
            TTFont(SOURCE, recalcTimestamp=False), {"wght": weight}
        )
        name(font, style)
        font.flavor = None
        path = FONTS / f"lianxin-sans-{style.lower()}.ttf"
        font.save(path)
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
