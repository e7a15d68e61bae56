"""How the public pages stand: which of them someone has to look at, and where they lead."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.timezone import localtime

from balise.awareness.publications.models import Published
from balise.awareness.publications.queries import address
from balise.awareness.publications.rules.links import links_in
from balise.awareness.publications.rules.standing import Fault, faults_of, source_of, standing_of
from balise.awareness.publications.rules.taxonomy import taxonomy


@dataclass(frozen=True, slots=True)
class Looked:
    """A public page, what is the matter with it, and the addresses that its text leads to.

    `own` are those of this site that lead nowhere.
    """

    address: str
    title: str
    faults: tuple[Fault, ...]
    links: tuple[str, ...]
    own: tuple[str, ...]


def looked_at(on: date) -> Iterator[Looked]:
    """Yield each public page as it stands on a day, those written first before."""
    looked = list(faults(Published.objects.defer("words"), on))
    known = {address(row) for row, _faults in looked}
    for row, its_faults in looked:
        found = links_in(row.html)
        yield Looked(
            address(row, whole=True),
            row.title,
            its_faults,
            tuple(link for link in found if _is_elsewhere(link)),
            tuple(link for link in found if _is_page(link) and _path(link) not in known),
        )


def faults(pages: QuerySet[Published], on: date) -> Iterator[tuple[Published, tuple[Fault, ...]]]:
    """Yield each page with what is the matter with it on a day, those written first before."""
    kinds = taxonomy(settings.COUNTRY)["kind"].terms
    by_key: dict[UUID, list[Published]] = defaultdict(list)
    rows = list(pages.order_by("page_id"))
    for row in rows:
        if row.published_at:
            row.published_at = localtime(row.published_at)  # its day is the centre's
        by_key[row.key].append(row)
    for row in rows:
        yield row, faults_of(standing_of(row, source_of(by_key[row.key]), kinds), on)


def _is_elsewhere(link: str) -> bool:
    return link.startswith(("http://", "https://")) and _path(link) == link


def _is_page(link: str) -> bool:
    """Return whether a link is to a page of the catalogue: its language, `resources`, its name."""
    parts: Sequence[str] = _path(link).split("/")
    return len(parts) == len(("", "fr", "resources", "name", "")) and parts[2] == "resources"


def _path(link: str) -> str:
    """Return the path of a link to this site; any other link as it is."""
    if not link.startswith(("/", f"{settings.PUBLIC_ADDRESS}/")):
        return link
    return link.removeprefix(settings.PUBLIC_ADDRESS).partition("#")[0].partition("?")[0]
