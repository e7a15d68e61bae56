"""Numbers are protected in one place: no module decides by itself which of them are too small."""

import ast
import re
from pathlib import Path

from tests.architecture.reading import nodes, shown, sources
from tests.walks import of_each

STATISTICS = "balise.foundation.statistics"
MASK = "foundation/statistics"
# How the names of it begin: thresholds, what is asked of one, and tables without small numbers.
MASKING = re.compile(r"mask(s|ed|ing)?|is_small|hides_zero|Threshold|settle|left_before|auditor?")
THRESHOLDS = {"ADULTS", "CHILDREN", "LISTED", "TOPICS", "shown_from", "threshold_of"}


@of_each("path", [path for path in sources() if not shown(path).startswith(MASK)])
def test_no_module_masks_numbers_by_itself(path: Path) -> None:
    assert not set(_masking(path))


def _masking(path: Path) -> list[str]:
    """Return what a file takes of statistics, or defines itself, to withhold small numbers."""
    found: list[str] = []
    for node in nodes(path):
        match node:
            case ast.ImportFrom(module=str(module)) if module.startswith(STATISTICS):
                taken = [module.rpartition(".")[2], *(each.name for each in node.names)]
                found += [one for one in taken if MASKING.fullmatch(one) or one in THRESHOLDS]
            case ast.FunctionDef(name="mask" | "is_small" as name):
                found.append(name)
            case ast.Attribute(attr="is_small" | "hides_zero" as name):
                found.append(name)
            case ast.Call(func=ast.Name(id="Measure")):
                found += [each.arg for each in node.keywords if each.arg == "threshold"]
    return found


def test_the_lint_finds_those_who_mask(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        f"from {STATISTICS}.measures import mask, ADULTS\n"
        "shown = [one for one in numbers if not ADULTS.is_small(one)]\n"
        "THINGS = Measure('things', threshold=ADULTS)\n"
    )
    assert set(_masking(path)) == {"mask", "ADULTS", "is_small", "threshold"}
