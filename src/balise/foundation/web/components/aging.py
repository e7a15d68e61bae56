"""What a page says once it is an old copy of itself: of when it is, and nothing of the moment.

`config/copies.py` keeps copies; a page marks where the notice stands, and what is true for seconds.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.template import Library
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, override

register = Library()

_NOTICE: Final = format_html("<!--{}-->", "as-of")
_BEGINS: Final = format_html("<!--{}-->", "fresh")
_ENDS: Final = format_html("<!--{}-->", "/fresh")


@register.simple_tag
def as_of() -> SafeString:
    """Return the place where an old copy says of when it is."""
    return _NOTICE


@register.simple_block_tag
def while_fresh(content: str) -> SafeString:
    """Return what an old copy does not say any more."""
    return format_html("{}{}{}", _BEGINS, content, _ENDS)


def aged(page: bytes, *, language: str, at: datetime) -> bytes:
    """Return a page as it is shown while it cannot be drawn."""
    with override(language):
        when = date_format(localtime(at), "DATETIME_FORMAT")
        says = _("Copy of this page: %(when)s. Part of the site does not work right now.")
    notice = format_html('<p class="as-of" role="status">{}</p>', says % {"when": when})
    return b"".join(_lasting(page)).replace(_NOTICE.encode(), notice.encode())


def _lasting(page: bytes) -> Iterator[bytes]:
    rest = page
    while rest:
        before, _begins, after = rest.partition(_BEGINS.encode())
        yield before
        rest = after.partition(_ENDS.encode())[2]
