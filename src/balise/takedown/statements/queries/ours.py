"""Our own notices and the platforms they went to, as statements are compared with them."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings

from balise.foundation.clock import day_of, today
from balise.takedown.directory.queries import declared_names
from balise.takedown.directory.rules.contacts import LegalBasis
from balise.takedown.law.rules import Offence, law
from balise.takedown.notices.queries.values import NoticeRow, rows_sent
from balise.takedown.notices.rules.states import NoticeState
from balise.takedown.statements.models import Reference, Statement
from balise.takedown.statements.rules import matching
from balise.takedown.statements.rules.dumps import GONE_DECISIONS, Wanted, folded
from balise.takedown.statements.rules.matching import Asked, ReferenceKind, Said, Source

# What was cancelled asks for nothing.
_TAKEN_BACK = (NoticeState.WITHDRAWN, NoticeState.RETRACTED)
_SAID_GONE = ("removed", "disabled")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sent:
    """Every notice that reached a platform, ready to be compared with what it says.

    `hosts` are the platforms that got one, by each of their names, folded; `known` are the folded
    names of all that the directory has.
    """

    hosts: dict[str, UUID]
    known: frozenset[str]
    first: date
    last: date
    _by_number: dict[tuple[UUID, str], list[Asked]]
    _by_type: dict[tuple[UUID, str], list[Asked]]

    def wanted(self, *, only: str = "") -> Wanted:
        """Return which rows of a dump may answer one of these notices."""
        names = (folded(settings.CENTRE.organisation),)
        return Wanted(
            platforms=frozenset(self.hosts),
            known=self.known,
            first=self.first - _DAY,
            last=self.last + matching.ANSWERED_WITHIN,
            only=only,
            names=frozenset(name for name in names if name),
        )

    def near(self, said: Said) -> list[Asked]:
        """Return the notices that a statement may answer by platform, type and day, or number."""
        found = {one.id: one for one in self._by_number.get((said.host, said.puid), ())}
        for category in said.categories:
            sent = self._by_type.get((said.host, category), [])
            low = bisect_left(sent, said.applied_on - matching.ANSWERED_WITHIN, key=_sent_on)
            high = bisect_right(sent, said.applied_on + _DAY, key=_sent_on)
            found.update((one.id, one) for one in sent[low:high])
        return list(found.values())


def sent() -> Sent:
    """Return every notice that was sent and not taken back, with the platforms' names."""
    references = _references()
    offences = _offences()
    by_number: defaultdict[tuple[UUID, str], list[Asked]] = defaultdict(list)
    by_type: defaultdict[tuple[UUID, str], list[Asked]] = defaultdict(list)
    first = last = today()
    for notice in rows_sent(but=_TAKEN_BACK):
        asked = _asked(notice, offences, references)
        first = min(first, asked.sent_on)
        by_type[asked.host, asked.category].append(asked)
        for puid in asked.puids:
            by_number[asked.host, puid].append(asked)
    named = _named()
    hosts = _hosts(named, {host for host, _category in by_type})
    known = frozenset(name for own, legal in named.values() for name in (*own, legal) if name)
    return Sent(hosts, known, first, last, by_number, by_type)


def said(statement: Statement) -> Said:
    """Return a statement as it is compared."""
    return Said(
        id=statement.id,
        host=statement.host_id,
        puid=statement.puid,
        source=Source(statement.source),
        categories=frozenset(statement.categories),
        keywords=frozenset(statement.keywords),
        content_on=statement.content_on,
        applied_on=statement.applied_on,
        eans=frozenset(statement.eans),
        names_us=statement.names_us,
        is_gone=not GONE_DECISIONS.isdisjoint(statement.decisions),
    )


def _sent_on(asked: Asked) -> date:
    return asked.sent_on


def _asked(
    notice: NoticeRow,
    offences: dict[str, Offence],
    references: dict[UUID, dict[str, set[str]]],
) -> Asked:
    offence = offences.get(notice.offence)
    if offence is not None and notice.about_minor:
        offence = offence.about_minor()
    numbers = references.get(notice.id, {})
    return Asked(
        id=notice.id,
        host=notice.host,
        sent_on=day_of(notice.left_at),
        facts_on=notice.facts_on,
        category=offence.dsa_category if offence else "",
        keyword=offence.dsa_keyword if offence else "",
        as_flagger=notice.basis == LegalBasis.FLAGGER,
        puids=frozenset(numbers.get(ReferenceKind.PUID, ())),
        eans=frozenset(numbers.get(ReferenceKind.EAN_13, ())),
        is_said_gone=notice.outcome in _SAID_GONE,
    )


def _references() -> dict[UUID, dict[str, set[str]]]:
    found: defaultdict[UUID, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for notice, kind, value in Reference.objects.values_list("notice_id", "kind", "value"):
        found[notice][kind].add(value)
    return {notice: dict(kinds) for notice, kinds in found.items()}


def _offences() -> dict[str, Offence]:
    """Return each offence by its code; type and keyword are the same in every version."""
    return {code: one.texts[-1] for code, one in law(settings.COUNTRY).histories.items()}


def _named() -> dict[UUID, tuple[frozenset[str], str]]:
    """Return the names that a dump may write each organisation by, folded, and its legal name."""
    return {
        one: (frozenset(map(folded, names)), folded(legal_name))
        for one, (names, legal_name) in declared_names().items()
    }


def _hosts(
    named: dict[UUID, tuple[frozenset[str], str]], told: Collection[UUID]
) -> dict[str, UUID]:
    """Return those that were told by each of their names.

    Services may share a legal name: a service's own name goes before it.
    """
    legal = {named[host][1]: host for host in told}
    own = {name: host for host in told for name in named[host][0]}
    return {name: host for name, host in (legal | own).items() if name}
