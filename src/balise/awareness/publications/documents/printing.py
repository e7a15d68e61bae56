"""A kit as PDF/UA-1: tagged, with its language and title. Pure, so that a child may draw it."""

from functools import cache
from importlib.resources import files

import orjson
import typst


def printed(octets: bytes) -> bytes:
    """Return the PDF of a kit, or of one part of it, that `rules.printing` told as JSON."""
    source = files(__package__).joinpath("kit.typ").read_bytes()
    document = typst.compile(
        source,
        sys_inputs={"kit": orjson.dumps(orjson.loads(octets)).decode()},
        font_paths=_fonts(),
        pdf_standards=["ua-1"],
        timestamp=0,  # the same contents are the same octets
    )
    assert isinstance(document, bytes)  # noqa: S101 - one document, not a list of pages
    return document


@cache
def _fonts() -> typst.Fonts:
    folder = str(files(__package__).joinpath("fonts"))
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])
