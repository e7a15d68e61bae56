"""How a native axis writes numbers: as the deck's language does, whatever the reader's."""

from decimal import Decimal
from typing import Any, Final

from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from balise.steering.rules.leaving import decimal_words

_C: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def axis_format(*, is_percent: bool) -> str:
    """Return the format code (ECMA-376, 18.8.31) of an axis of whole numbers, or of shares."""
    if is_percent:
        sign = decimal_words(Decimal(1), is_percent=True).removeprefix("100").removesuffix("%")
        return f'0"{sign}"%' if sign else "0%"
    mark = decimal_words(Decimal(1000)).removeprefix("1").removesuffix("000")
    group = f'"{mark}"000'
    return f"[<1000]0;[<1000000]0{group};0{group}{group}" if mark else "0"


def name_every(axis: Any, steps: int, *, size: int) -> None:
    """Name one category in so many, in a size: an office would leave out as many as it likes."""
    axis.tick_labels.font.size = Pt(size)
    skips = parse_xml(f'<c:tickLblSkip xmlns:c="{_C}" val="{steps}"/>')
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skips)
