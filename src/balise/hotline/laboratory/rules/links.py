"""The addresses where a picture was seen, as someone pasted them: one a line."""

import re
from typing import Final

from django.utils.text import Truncator
from django.utils.translation import gettext as _, pgettext

from balise.foundation.refusals import Refused
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.places import Place
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address

MOST_LINKS: Final = 20
_SHOWN: Final = 60  # characters of a line, in what is said of it
_NEXT: Final = re.compile(r"[,;]\s*(?=h(?:tt|xx)ps?:)", re.IGNORECASE)


class LinkUnreadable(Refused, code="link-unreadable"):
    """A line is no address of a page; the message says which."""

    field = "links"


def read_links(text: str) -> tuple[Place, ...]:
    """Return the places that someone pasted, one a line; none for no line.

    A comma or a semicolon before the next `https://` is an end of line, too.
    Raises LinkUnreadable for a line that is no address, and above MOST_LINKS.
    """
    found = (line.strip() for each in _NEXT.split(text) for line in each.splitlines())
    lines = list(dict.fromkeys(filter(None, found)))
    if len(lines) > MOST_LINKS:
        raise LinkUnreadable(_("%(most)s addresses at most.") % {"most": MOST_LINKS})
    return tuple(_place(line) for line in lines)


def _place(text: str) -> Place:
    try:
        return places.on_the_web(read_address(text), text=text)
    except AddressRefused as refusal:
        said = pgettext("laboratory", "%(address)s: %(reason)s") % {
            "address": Truncator(text).chars(_SHOWN),
            "reason": refusal.message,
        }
        raise LinkUnreadable(said) from None
