"""Harvest a feed of OAI-PMH to its end, or as far as it goes."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

from django.core.exceptions import ValidationError

from balise.awareness.publications.actions.harvesting import Harvest, harvest
from balise.awareness.publications.management.fetching import NotRead, fetch, read_apart
from balise.awareness.publications.rules import feeds
from balise.awareness.publications.rules.feeds import Answer, Record
from balise.awareness.publications.rules.harvesting import Fate
from balise.foundation.actors import Actor

PREFIXES: Final = ("lom", "oai_dc")  # what we read, the fuller first
LONGEST: Final = 500  # characters of an address
MOST: Final = 50_000  # records of one harvest


def harvested(address: str, *, by: Actor) -> Iterator[tuple[Record, Harvest]]:
    """Yield what became of each record, once it is stored.

    Raises NotRead where the feed ends before its end: what was harvested until then stays.
    """
    if len(address) > LONGEST:
        raise NotRead("the address is too long")
    prefix = _prefix(address)
    answer = _asked(address, verb="ListRecords", metadataPrefix=prefix)
    if answer.error == "noRecordsMatch":
        return
    seen: set[str] = set()
    while True:
        if answer.error:
            raise NotRead(f"the feed says {answer.error}")
        new = [record for record in answer.records if record.identifier not in seen]
        for record in new:
            seen.add(record.identifier)
            try:
                yield record, harvest(by=by, source=address, record=record)
            except ValidationError:
                yield record, Harvest(Fate.REFUSED)
        if not answer.token:
            return
        if not new:
            raise NotRead("the feed repeats itself: its resumption token leads in a circle")
        if len(seen) >= MOST:
            raise NotRead("the feed has more records than one harvest takes; the rest was not read")
        answer = _asked(address, verb="ListRecords", resumptionToken=answer.token)


def _prefix(address: str) -> str:
    offered = _asked(address, verb="ListMetadataFormats").formats
    found = next((prefix for prefix in PREFIXES if prefix in offered), None)
    if found is None:
        raise NotRead("the feed has neither lom nor oai_dc")
    return found


def _asked(address: str, **arguments: str) -> Answer:
    joined = "&" if "?" in address else "?"
    document = fetch(f"{address}{joined}{urlencode(arguments)}")
    return feeds.read_answer(read_apart(feeds.parse, document))
