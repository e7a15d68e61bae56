"""The pictures of our stories, drawn in code: a place, who is near whom, one light. Pure."""

from collections.abc import Callable, Mapping
from typing import Final

from balise.awareness.activities.stories.rules.pictures import blue_chest, fake_account, passed_on
from balise.awareness.drawing.rules.shapes import picture

PICTURES: Final[Mapping[str, Callable[[], str]]] = {
    **passed_on.PICTURES,
    **fake_account.PICTURES,
    **blue_chest.PICTURES,
}


def draw(name: str) -> str:
    """Return the picture of that name, as a whole SVG. Raises KeyError."""
    return picture(PICTURES[name]())
