"""What the watch's pages name: where a content's page is, and what was seen, as a badge."""

from typing import Protocol
from uuid import UUID

from django.template import Library
from django.utils.safestring import SafeString

from balise.foundation.web import navigation
from balise.foundation.web.components.pieces import tag
from balise.takedown.watch.rules.verdicts import Seen

register = Library()

_TONES = {
    Seen.ONLINE: ("danger", "eye"),
    Seen.GONE: ("good", "check-circle"),
    Seen.SOFT_GONE: ("good", "check-circle"),
    Seen.NAME_GONE: ("good", "check-circle"),
    Seen.MOVED: ("warn", "arrow-right"),
    Seen.BLOCKED: ("warn", "lock"),
    Seen.SIGN_IN: ("warn", "lock"),
}


class _Content(Protocol):
    line: str
    subject: UUID


@register.filter
def seen_tag(seen: Seen) -> SafeString:
    """Return what was seen, as a badge: red is what is still there."""
    tone, icon = _TONES.get(seen, ("plain", "clock"))
    return tag(seen.label, tone, icon=icon)


@register.filter
def content_page(watched: _Content) -> str:
    """Return the address of a content's page in its line; "" where it has none."""
    return navigation.content_page(watched.line, watched.subject)
