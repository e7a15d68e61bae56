"""The films and comics of a country's pack. Pure.

A film is a WebM, a poster, and captions in each language; a comic is a plate of panels.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from balise.awareness.publications.rules.taxonomy import PACKAGE
from balise.awareness.publications.rules.webvtt import cues
from balise.foundation.packs import PackFaulty, beside

_FOLDER: Final = "films"
_PLATES: Final = "comics"


@dataclass(frozen=True, slots=True)
class Reel:
    """A film as it is stored in the pack; its captions say what is seen, for it has no sound."""

    name: str
    film: bytes
    poster: bytes
    captions: Mapping[str, str]

    def transcript(self, language: str) -> str:
        """Return the words of its captions as a text."""
        return "\n\n".join(each.says for each in cues(self.captions[language]))


@cache
def reel(country: str, name: str) -> Reel:
    """Return a film of a country's pack. Raises PackFaulty."""
    folder = beside(PACKAGE, country=country, name="starter").joinpath(_FOLDER)
    captions = {
        file.name.split(".")[1]: file.read_text(encoding="utf-8")
        for file in folder.iterdir()
        if file.name.startswith(f"{name}.") and file.name.endswith(".vtt")
    }
    if not captions:
        raise PackFaulty(f"films: {name} has no captions")
    film, poster = (folder.joinpath(f"{name}.{kind}").read_bytes() for kind in ("webm", "webp"))
    return Reel(name, film, poster, captions)


def plate(country: str, name: str) -> bytes:
    """Return the panels of a comic of a country's pack, as one WebP."""
    folder = beside(PACKAGE, country=country, name="starter").joinpath(_PLATES)
    return folder.joinpath(f"{name}.webp").read_bytes()
