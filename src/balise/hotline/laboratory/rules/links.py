"""The addresses where a picture was seen, as someone pasted them: one a line."""

from typing import Final

from django.utils.translation import gettext as _, pgettext

from balise.foundation.refusals import Refused
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.places import Place
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address

MOST_LINKS: Final = 20


class LinkUnreadable(Refused, code="link-unreadable"):
    """A line is no address of a page; the message says which."""

    field = "links"


def read_links(text: str) -> tuple[Place, ...]:
    """Return the places that someone pasted, one a line; none for no line.

    Raises LinkUnreadable for a line that is no address, and above MOST_LINKS.
    """
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if len(lines) > MOST_LINKS:
        raise LinkUnreadable(_("%(most)s addresses at most.") % {"most": MOST_LINKS})
    return tuple(_place(line) for line in lines)


def _place(text: str) -> Place:
    try:
        return places.on_the_web(read_address(text), text=text)
    except AddressRefused as refusal:
        said = pgettext("laboratory", "%(address)s: %(reason)s") % {
            "address": text,
            "reason": refusal.message,
        }
        raise LinkUnreadable(said) from None
