"""Print a paper as PDF/UA-1: its title, who it is from, its sections of rows."""

from importlib.resources import files
from typing import Any

from balise.foundation.typesetting import typeset

type Row = dict[str, Any]
type Section = dict[str, Any]


def printed(paper: dict[str, Any]) -> bytes:
    """Return a paper as PDF/UA-1: tagged, with its language and title.

    `paper` has language, title, organisation, address, confidential, lead, footer, page (the word)
    and sections of (title, says, entries of rows: label, value, exact).
    """
    return typeset(files(__package__).joinpath("dossier.typ"), paper)
