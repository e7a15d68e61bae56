"""The press release and the report as accessible PDF, drawn by one layout."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from balise.foundation.typesetting import typeset

type Section = dict[str, Any]


def paper(
    *,
    language: str,
    title: str,
    organisation: str,
    lead: str,
    sections: Sequence[Section],
    timestamp: int,
) -> bytes:
    """Return a PDF/UA-1. A section has a title, paragraphs (`says`) and a table (`head`, `rows`).

    `timestamp` is when its contents were settled: the same contents are the same octets.
    """
    told = {
        "language": language,
        "title": title,
        "organisation": organisation,
        "lead": lead,
        "sections": list(sections),
    }
    return typeset(files(__package__).joinpath("paper.typ"), told, timestamp=timestamp)
