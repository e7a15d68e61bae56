"""Ask Project Arachnid's Shield about entries: a second opinion, which decides nothing."""

from collections.abc import Collection

from balise.hotline.matching.banks.queries.exchanging import pdqs
from balise.hotline.matching.exchange.rules.items import Fault, PageUnreadable
from balise.hotline.matching.exchange.rules.sources import arachnid
from balise.hotline.matching.exchange.tasks.calling import NotRead, access_of, call


def opinions(entries: Collection[int]) -> dict[int, arachnid.Classified]:
    """Return what Shield says of entries, by their numbers. Raises NotRead.

    Those that are not on, or of which it says nothing that we know, are left out.
    """
    access = access_of(arachnid.CODE)
    if access is None:
        raise NotRead(Fault.REFUSED)
    values = pdqs(entries)
    ask = arachnid.ask(list(values.values()))
    headers = {"Accept": "application/json"}
    answer = call(access, ask, headers=headers, user=arachnid.user(access))
    try:
        said = arachnid.read(answer.body, list(values.values()))
    except PageUnreadable:
        raise NotRead(Fault.UNREADABLE) from None
    return {entry: said[value] for entry, value in values.items() if value in said}
