"""Make "Balise Zero": the 0 of Atkinson Hyperlegible without its stroke, in two weights.

The typeface marks its zero and holds no plain one, so that "3018" reads as if it had a letter of
its own. The face made here holds that one glyph; the style sheet puts it first, for U+0030 alone.
Codes are set in a fixed-width face, whose zeros stay marked. The SIL Open Font Licence allows a
modified face under another name; it reserves none.

Run it with `.uv/bin/uv run --script scripts/zero.py` after the typeface has changed.
"""

# /// script
# requires-python = ">=3.13"
# dependencies = ["fonttools[woff]==4.60.1"]
# ///

from array import array
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import ttProgram
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "node_modules/@fontsource/atkinson-hyperlegible/files"
TARGET = ROOT / "src/balise/foundation/web/static/balise"
WEIGHTS = (400, 700)
NAME = "Balise Zero"
# Ids of the table of names: family, unique, full, PostScript, typographic family.
FAMILY, UNIQUE, FULL, POSTSCRIPT, TYPOGRAPHIC = 1, 3, 4, 6, 16
ON_CURVE = 1


def main() -> None:
    """Write both weights beside our style sheets."""
    for weight in WEIGHTS:
        font = TTFont(SOURCE / f"atkinson-hyperlegible-latin-{weight}-normal.woff2")
        font["glyf"]["zero"] = plain(font["glyf"]["zero"])
        for name in font["name"].names:
            if name.nameID in {FAMILY, UNIQUE, FULL, POSTSCRIPT, TYPOGRAPHIC}:
                name.string = NAME.replace(" ", "") if name.nameID == POSTSCRIPT else NAME
        font["head"].modified = font["head"].created  # the same file each time
        font.recalcTimestamp = False
        options = subset.Options(hinting=False, layout_features=["tnum", "pnum"], name_IDs=["*"])
        cut = subset.Subsetter(options)
        cut.populate(unicodes=[ord("0")])
        cut.subset(font)
        font.flavor = "woff2"
        font.save(TARGET / f"zero-{weight}.woff2")


def plain(zero: Glyph) -> Glyph:
    """Return a zero with the outer contour of this one, and one hole where its parts are."""
    last = zero.endPtsOfContours[0]
    points = list(zero.coordinates)
    flags = [flag & ON_CURVE for flag in zero.flags]
    across, up = zip(*points[last + 1 :], strict=True)
    left, right, low, high = min(across), max(across), min(up), max(up)
    middle, half = (left + right) // 2, (low + high) // 2
    side, rise = (right - left) // 4, (high - low) // 4
    hole = [
        *((middle, low), (middle + side, low), (right, half - rise)),
        *((right, half), (right, half + rise), (middle + side, high)),
        *((middle, high), (middle - side, high), (left, half + rise)),
        *((left, half), (left, half - rise), (middle - side, low)),
    ]
    made = Glyph()
    made.numberOfContours, made.endPtsOfContours = 2, [last, last + len(hole)]
    made.coordinates = GlyphCoordinates(points[: last + 1] + hole)
    made.flags = array("B", flags[: last + 1] + [ON_CURVE, 0, 0] * 4)
    made.program = ttProgram.Program()
    made.program.fromBytecode(b"")
    return made


if __name__ == "__main__":
    main()
