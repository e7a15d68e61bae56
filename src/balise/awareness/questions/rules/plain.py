"""Words that someone brings in: HTML and pictures of other places are refused. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused

_HTML: Final = re.compile(r"<[A-Za-z/!][^<>]*>|&(?:[A-Za-z]{2,8}|#\d{1,7});")
_PICTURE: Final = re.compile(r"!\[[^\[\]]*\]\(|data:image/", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"//\S+")
_ENDINGS: Final = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_LONGEST: Final = 60


class NotPlain(Refused, code="words-not-plain"):
    """Words hold what a page would draw, or fetch from another place."""

    field = "file"


def refuse_markup(told: object) -> None:
    """Refuse what was read from a file where a text in it is not plain words. Raises NotPlain."""
    for text in _texts(told):
        excerpt = {"words": text[:_LONGEST]}
        if _HTML.search(text):
            raise NotPlain(_("Write plain words, without HTML: “%(words)s”") % excerpt)
        if _PICTURE.search(text) or any(map(_is_picture, _ADDRESS.findall(text))):
            raise NotPlain(_("A picture of another website cannot be used: “%(words)s”") % excerpt)
        if _CONTROL.search(text):
            raise NotPlain(_("A text has invisible characters: “%(words)s”") % excerpt)


def _is_picture(address: str) -> bool:
    return address.lower().partition("?")[0].rstrip(".,;:!)»”\"'").endswith(_ENDINGS)


def _texts(told: object) -> Iterator[str]:
    match told:
        case str():
            yield told
        case Mapping():
            for each in told.values():
                yield from _texts(each)
        case Sequence():
            for each in told:
                yield from _texts(each)
