"""Under which names the app may stand on a phone, and what its web manifest says.

The format of a web manifest is that of W3C's “Web Application Manifest”.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from balise.foundation.packs import PackFaulty, Words, load

# What may be shared with the app from others: seen, heard, or read.
SHARED_TYPES: Final = ("image/*", "video/*", "audio/*", "text/plain", "application/pdf")
SHARED_AT: Final = "/app/shared/"
HELP: Final = ("aide", "help")
_SIZES: Final = (192, 512)


class Screen(StrEnum):
    """What an ordinary look begins with: what its name says, so that it is no lie."""

    LIST = "list"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Look:
    """A name and an icon; `colour` is the phone's bar, as #rrggbb.

    An ordinary one has a screen of its own: `asks` is what one writes there, `empty` what stands
    there before.
    """

    code: str
    name: Words
    colour: str
    screen: Screen | None = None
    asks: Words | None = None
    empty: Words | None = None


@cache
def looks(country: str) -> tuple[Look, ...]:
    """Return the looks of a country's pack, that of the centre first.

    Raises PackFaulty where two are one, and where an ordinary one has no screen.
    """
    pack = load("balise.helpline.app", country=country, name="looks")
    found = tuple(read(each) for each in pack["looks"])
    if not found or len({each.code for each in found}) < len(found):
        raise PackFaulty("looks: at least one, each with a code of its own")
    if found[0].screen or not all(each.screen for each in found[1:]):
        raise PackFaulty("looks: the first begins with the app, each other with a screen")
    return found


def read(look: Mapping[str, Any]) -> Look:
    """Return a look of a pack. Raises PackFaulty."""
    code, name, colour = look["code"], Words.read(look["name"], where="looks"), look["colour"]
    if "screen" not in look:
        return Look(code, name, colour)
    if look["screen"] not in set(Screen):
        raise PackFaulty(f"looks: {code} has a screen that is none: {look['screen']}")
    asks, empty = (Words.read(look.get(word), where=f"looks: {code}") for word in ("asks", "empty"))
    return Look(code, name, colour, Screen(look["screen"]), asks, empty)


def opening_words(country: str) -> tuple[str, ...]:
    """Return what is written on a screen to come to the app behind it: its name, or help.

    In all languages: nobody looks for the right one in a hurry.
    """
    names = (words for _language, words in looks(country)[0].name.by_language)
    return tuple(dict.fromkeys((*names, *HELP)))


def icon(code: str, size: int = 0) -> str:
    """Return the static file of a look's icon: a drawing, or a picture of so many pixels."""
    return f"app/looks/{code}-{size}.png" if size else f"app/looks/{code}.svg"


def manifest(
    look: Look, *, language: str, start: str, address: Callable[[str], str]
) -> Mapping[str, Any]:
    """Return the web manifest of a look in a language; `address` is that of a static file.

    Each look is an app of its own (`id`): a browser never renames the one that was installed.
    """
    name = str(look.name)
    return {
        "id": f"/app/{look.code}",
        "name": name,
        "short_name": name,
        "lang": language,
        "dir": "auto",
        "start_url": f"{start}?look={look.code}",
        "scope": "/",
        "display": "standalone",
        "background_color": look.colour,
        "theme_color": look.colour,
        "icons": _icons(look.code, address),
        "share_target": {
            "action": SHARED_AT,
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "url": "url",
                "files": [{"name": "files", "accept": list(SHARED_TYPES)}],
            },
        },
    }


def _icons(code: str, address: Callable[[str], str]) -> Sequence[Mapping[str, str]]:
    return [
        {
            "src": address(icon(code, size)),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in _SIZES
        for purpose in ("any", "maskable")
    ]
