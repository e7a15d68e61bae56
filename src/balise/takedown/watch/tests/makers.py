"""Contents that are watched, and looks at them, by the real actions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_address
from uuid import UUID, uuid4

from balise.foundation.actors import SYSTEM, Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.takedown.tracing.rules.looks import Answer, Failure, Look, Place, Says, Text
from balise.takedown.watch import access, queries
from balise.takedown.watch.actions import noting, watching
from balise.takedown.watch.actions.noting import Noted, Result
from balise.takedown.watch.models import Watched
from balise.takedown.watch.rules.removals import About
from balise.takedown.watch.rules.schedule import Pace

ADDRESS = "https://images.example/album/1"
ANALYST = Actor(
    ActorKind.STAFF, "1", frozenset({access.READ, access.WATCH, "hotline.reports.read"})
)
LISTENER = Actor(
    ActorKind.STAFF, "2", frozenset({access.READ, access.WATCH, "helpline.cases.read"})
)
STRANGER = Actor(ActorKind.STAFF, "3", frozenset({"hotline.reports.read"}))

ONLINE = Look(answer=Answer.ANSWERED, http_status=200)
GONE = Look(answer=Answer.ANSWERED, http_status=404)
SOFT_GONE = Look(
    answer=Answer.ANSWERED,
    http_status=200,
    text=Text.SHORT,
    says=frozenset({Says.GONE, Says.GONE_ALOUD}),
    like_nonsense=True,
)
SILENT = Look(answer=Answer.SILENT, failure=Failure.TIMEOUT)
NAME_GONE = Look(answer=Answer.NAME_GONE)
BLOCKED = Look(answer=Answer.ANSWERED, http_status=451)
UNKNOWN = Look(answer=Answer.UNKNOWN)


def elsewhere(url: str) -> Look:
    """A look that was led to another site."""
    return Look(answer=Answer.ANSWERED, http_status=200, place=Place.ELSEWHERE, leads_to=url)


def hosted_at(*addresses: str) -> Look:
    """A look that found the content, at these IP addresses."""
    return Look(
        answer=Answer.ANSWERED, http_status=200, addresses=tuple(map(ip_address, addresses))
    )


def make_watched(
    address: str = ADDRESS,
    *,
    line: str = "hotline",
    pace: Pace = Pace.STEADY,
    about: About = watching.NOTHING_KNOWN,
) -> Watched:
    subject = uuid4()
    watching.watch(line=line, subject=subject, address=address, pace=pace, about=about, by=SYSTEM)
    return Watched.objects.get(subject=subject)


def look(watched: Watched, *looks: Look, at: datetime | None = None) -> Result | None:
    """Note looks at one content at a moment, and return what the last came to."""
    results: Sequence[Result] = []
    for each in looks:
        found = queries.addresses(list(Watched.objects.filter(id=watched.id)))
        noted = [Noted(watched_id, address, each) for watched_id, address in found.items()]
        results = noting.note_looks(noted=noted, at=at or now(), by=SYSTEM)
    return results[-1] if results else None


def address_of(watched_id: UUID) -> queries.Address:
    """What is sealed of a content, now."""
    return queries.addresses(list(Watched.objects.filter(id=watched_id)))[watched_id]


def told(name: str) -> list[Entry]:
    """The entries of one event."""
    return list(Entry.objects.filter(event=name).order_by("id"))


def find(address: str, found: Look, *, line: str, subject: UUID) -> None:
    """Have a content watched and looked at three times, a quarter of an hour apart."""
    watching.watch(
        line=line,
        subject=subject,
        address=address,
        pace=Pace.STEADY,
        about=watching.NOTHING_KNOWN,
        by=SYSTEM,
    )
    watched = Watched.objects.get(line=line, subject=subject)
    for quarters in range(3):
        look(watched, found, at=now() + timedelta(minutes=15 * quarters))
