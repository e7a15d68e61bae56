"""Write `vectors.json`: the drawings, and what is computed of them in whichever language.

python -m balise.hotline.matching.signals.tests.vectors
"""

import json
from pathlib import Path
from typing import Any

from balise.hotline.matching.signals.rules import pdq
from balise.hotline.matching.signals.tests import drawn

PATH = Path(__file__).with_name("vectors.json")


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


def main() -> None:
    lines = [json.dumps(vector(drawing)) for drawing in drawn.DRAWINGS]
    PATH.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
