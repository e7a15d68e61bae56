"""A kit, or one part of it, as PDF. Pure, so that a child may draw it."""

from importlib.resources import files

import orjson

from balise.foundation.typesetting import typeset


def printed(octets: bytes) -> bytes:
    """Return the PDF of a kit, or of one part of it, that `rules.printing` told as JSON."""
    # The same contents are the same octets.
    return typeset(files(__package__).joinpath("kit.typ"), orjson.loads(octets), timestamp=0)
