"""Papers as accessible PDF: the one place that draws them. Pure, so that a child may do it."""

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

import orjson
import typst

from balise.foundation.limited.lanes import PAPERS

_UNDRAWN: Final = re.compile(r'the text `"([^`]+)"`')
_TRIES: Final = 8
_LATIN: Final = re.compile(r"[^\n\x20-\xff\u2010-\u2026\u202f\u0152\u0153\u20ac]")


@PAPERS.turn()
def typeset(
    layout: Traversable, told: object, *, timestamp: int | None = None, archived: bool = False
) -> bytes:
    """Return a paper as PDF/UA-1 (ISO 14289-1): tagged, with its language and title.

    What is `archived` is PDF/A-2a too (ISO 19005-2), for the years that a file is kept.

    `layout` is a Typst file; it reads what it is `told` by `json(bytes(sys.inputs.told))`. With a
    `timestamp` (seconds since 1970), the same contents are the same octets. A character that none
    of our faces draws, such as an emoji in a name, is left out. Raises LaneFull.
    """
    said = orjson.dumps(told).decode()
    for _nth in range(_TRIES):
        try:
            return _drawn(layout, said, timestamp, archived=archived)
        except typst.TypstError as fault:
            undrawn = _UNDRAWN.search(str(fault))
            if undrawn is None:
                raise
            said = said.translate(dict.fromkeys(map(ord, undrawn[1])))
    return _drawn(layout, _LATIN.sub("", said), timestamp, archived=archived)


def _drawn(layout: Traversable, said: str, timestamp: int | None, *, archived: bool) -> bytes:
    document: Any = typst.compile(
        layout.read_bytes(),
        sys_inputs={"told": said},
        font_paths=_fonts(),
        pdf_standards=["ua-1", "a-2a"] if archived else ["ua-1"],
        timestamp=timestamp,
    )
    assert isinstance(document, bytes)  # noqa: S101 - one document, not a list of pages
    return document


@cache
def _fonts() -> typst.Fonts:
    folder = str(files(__package__).joinpath("fonts"))
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])
