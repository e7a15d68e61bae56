"""Write `vectors.json`: the drawings, and what is computed of them in whichever language.

And `bars.json`: drawings within bars, the part inside these, and what is computed of that part.

python -m balise.hotline.matching.signals.tests.vectors
"""

import json
from pathlib import Path
from typing import Any

from balise.hotline.matching.signals.rules import pdq, pictures
from balise.hotline.matching.signals.tests import drawn

PATH = Path(__file__).with_name("vectors.json")
BARS = Path(__file__).with_name("bars.json")


def vector(drawing: drawn.Drawing) -> dict[str, Any]:
    """Return a drawing, some of its luma in thousandths, its hash, quality and eight turns."""
    luma = pdq.luma(drawn.pixels(drawing))
    turned = pdq.hash_turns(luma)
    return {
        "name": drawing.name,
        "width": drawing.width,
        "height": drawing.height,
        "colours": [list(formula) for formula in drawing.colours],
        "luma": [int(value) for value in luma.ravel()[:8]],  # the first pixels of the first row
        "luma_sum": int(luma.sum(dtype="float64")),
        "pdq": turned.values[0].hex(),
        "quality": turned.quality,
        "turns": [value.hex() for value in turned.values],
    }


def bars_vector(name: str, one: drawn.Barred) -> dict[str, Any]:
    """Return a drawing within bars, the part inside them, and the hash, quality and turns of it."""
    shown = drawn.barred(one)
    inside = pictures.bars(shown)
    told: dict[str, Any] = {"name": name, **one._asdict()}
    told["drawing"] = {
        "width": one.drawing.width,
        "height": one.drawing.height,
        "colours": [list(formula) for formula in one.drawing.colours],
    }
    told["bar"] = list(one.bar)
    if inside is None:
        return told | {"inside": None}
    rows, columns = inside
    turned = pdq.hash_pixels_turned(shown[inside])
    return told | {
        "inside": {
            "left": columns.start,
            "top": rows.start,
            "width": columns.stop - columns.start,
            "height": rows.stop - rows.start,
        },
        "quality": turned.quality,
        "turns": [value.hex() for value in turned.values],
    }


def main() -> None:
    _write(PATH, [vector(drawing) for drawing in drawn.DRAWINGS])
    _write(BARS, [bars_vector(name, one) for name, one in drawn.BARRED.items()])


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("[\n" + ",\n".join(map(json.dumps, rows)) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
