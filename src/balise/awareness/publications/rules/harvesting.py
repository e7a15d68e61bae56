"""What a harvested record becomes: a draft that names its source and its licence. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Any, Final

from django.utils.translation import gettext as _, pgettext

from balise.awareness.publications.rules.feeds import LONGEST, ForeignResource
from balise.awareness.publications.rules.metadata import Described

PARTNER: Final = "partner"  # who publishes what others made
RESERVED: Final = "reserved"
_LONGEST_CREDIT: Final = 200
_LONGEST_KEYWORDS: Final = 300
_FACETS: Final = ("audience", "age", "topic", "access", "level", "competence")


class Fate(StrEnum):
    """What became of a record."""

    DRAFTED = "drafted"
    KNOWN = "known"  # harvested before, and the same since
    CHANGED = "changed-there"  # harvested before; a person looks at what changed
    DELETED = "deleted-there"
    UNREAD = "language-not-read"  # the site has no pages in its language
    UNTITLED = "no-title"
    FORM = "form-not-read"
    REFUSED = "refused"  # it cannot be a page here


@dataclass(frozen=True, slots=True)
class Page:
    """The fields of a draft, by the names that the type of page has."""

    title: str
    summary: str
    body: str
    facts: dict[str, Any]


def page_of(held: Described, told: ForeignResource, *, source: str) -> Page:
    """Return the draft of a resource of others."""
    made_by = held.credits.get("produced_by") or held.publisher or held.address or source
    facts: dict[str, Any] = {
        **{name: list(held.codes[name]) for name in _FACETS if name in held.codes},
        "minutes": held.minutes,
        "publisher": PARTNER,
        "licence": held.licence or RESERVED,
        "keywords": ", ".join(held.keywords)[:_LONGEST_KEYWORDS],
        "produced_by": made_by[:_LONGEST_CREDIT],
        "made_with": held.credits.get("made_with", "")[:_LONGEST_CREDIT],
        "reviewed_on": held.reviewed_on,
    }
    return Page(held.title, held.summary or held.title, _body(held, told, source), facts)


def _body(held: Described, told: ForeignResource, source: str) -> str:
    """Return the text: what they say of it, where it is, and under which licence in their words."""
    lines = [f"<p>{_plain(told.summary)}</p>" if told.summary else ""]
    lines.append(f"<h2>{_plain(pgettext('resource of others', 'Source'))}</h2><ul>")
    if held.address.startswith(("https://", "http://")):
        there = escape(held.address)
        lines.append(f'<li><a href="{there}">{there}</a></li>')
    names = (held.publisher, *held.credits.values())
    lines += [f"<li>{_plain(each)}</li>" for each in _once((*names, *told.rights))]
    lines.append(f"<li>{_plain(_('Harvested from %(feed)s') % {'feed': source})}</li></ul>")
    return "".join(lines)


def _once(words: Iterable[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word]


def _plain(text: str) -> str:
    return escape(text[:LONGEST], quote=False)
