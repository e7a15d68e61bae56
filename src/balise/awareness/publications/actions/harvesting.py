"""Records of other catalogues become drafts, each once, with their source and licence."""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import override

from balise.awareness.publications import access
from balise.awareness.publications.actions import draft
from balise.awareness.publications.events import RecordHarvested
from balise.awareness.publications.models import Harvested, Shelf, type_of
from balise.awareness.publications.rules.feeds import Record
from balise.awareness.publications.rules.harvesting import Fate, page_of
from balise.awareness.publications.rules.metadata.reading import OTHER_KIND, described_of
from balise.awareness.publications.rules.taxonomy import taxonomy
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record as write_down
from balise.foundation.journal.events import Code

_LONGEST_SLUG = 60
_LONGEST_IDENTIFIER = 500


@dataclass(frozen=True, slots=True)
class Harvest:
    """What became of a record; `page` is its draft, 0 for none, and `title` what it is called."""

    fate: Fate
    page: int = 0
    title: str = ""


@transaction.atomic
def harvest(*, by: Actor, source: str, record: Record) -> Harvest:
    """Draft a record of the feed at `source`; one that was harvested before is left as it is.

    A draft that an editor deleted does not come back. Nothing of a record is public before a
    person publishes it.
    """
    access.require(by, access.WRITE)
    told = record.told
    if record.is_deleted:
        return Harvest(Fate.DELETED, page=_page_of(source, record))
    if told is None or not 0 < len(record.identifier) <= _LONGEST_IDENTIFIER:
        return Harvest(Fate.FORM)
    held = described_of(told, taxonomy(settings.COUNTRY))
    # The shelf is locked first: a second harvest of the same feed waits here.
    shelves = Shelf.objects.select_for_update(of=("self",))
    if not shelves.filter(locale__language_code=held.language).exists():
        return Harvest(Fate.UNREAD, title=held.title)
    known = Harvested.objects.filter(source=source, identifier=record.identifier).first()
    if known is not None:
        is_same = known.changed == record.changed
        return Harvest(Fate.KNOWN if is_same else Fate.CHANGED, page=known.page, title=held.title)
    if not held.title:
        return Harvest(Fate.UNTITLED)
    with override(held.language):
        made = page_of(held, told, source=source)
    key = uuid5(NAMESPACE_URL, f"{source} {record.identifier}")
    page = draft(
        by=by,
        language=held.language,
        slug=f"{slugify(made.title)[:_LONGEST_SLUG].strip('-') or 'page'}-{key.hex[:8]}",
        title=made.title,
        summary=made.summary,
        body=made.body,
        kind=_kind_of(held.kind),
        key=key,
        **made.facts,
    )
    Harvested.objects.create(
        source=source,
        identifier=record.identifier,
        changed=record.changed,
        page=page,
        at=clock.now(),
    )
    write_down(RecordHarvested(subject=key, page=page, language=Code(held.language)), by=by)
    return Harvest(Fate.DRAFTED, page=page, title=held.title)


def _kind_of(kind: str) -> str:
    """Return a kind that is a resource: other types of page need what no record brings."""
    return OTHER_KIND if type_of(kind).KIND else kind


def _page_of(source: str, record: Record) -> int:
    known = Harvested.objects.filter(source=source, identifier=record.identifier).first()
    return known.page if known else 0
