"""The pictures of our stories: SVG files, each a place, who is near whom, and one light. Pure.

Nobody has a face: who stands near whom, and how a head is held, tell what is felt. The hair and the
top of someone never change in a story. Nothing on a screen can be read.
"""

from functools import cache
from importlib.resources import files
from typing import Final

PICTURES: Final = {
    file.name.removesuffix(".svg"): file
    for file in files("balise.awareness.activities.stories").joinpath("pictures").iterdir()
}


@cache
def read_picture(name: str) -> str:
    """Return the picture of that name, as a whole SVG. Raises KeyError."""
    return PICTURES[name].read_text("utf-8")
