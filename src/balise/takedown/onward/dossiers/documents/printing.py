"""Print a paper as PDF/UA-1: its title, who it is from, its sections of rows."""

from importlib.resources import files
from typing import Any

import orjson
import typst

type Row = dict[str, Any]
type Section = dict[str, Any]


def printed(paper: dict[str, Any]) -> bytes:
    """Return a paper as PDF/UA-1: tagged, with its language and title.

    `paper` has language, title, organisation, address, confidential, lead, footer, page (the word)
    and sections of (title, says, entries of rows: label, value, exact).
    """
    source = files(__package__).joinpath("dossier.typ").read_bytes()
    inputs = {"paper": orjson.dumps(paper).decode()}
    document = typst.compile(source, sys_inputs=inputs, pdf_standards=["ua-1"])
    assert isinstance(document, bytes)  # noqa: S101 - one document, not a list of pages
    return document
