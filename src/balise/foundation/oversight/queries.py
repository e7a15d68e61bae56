"""What administrators ask: the audit log, retention, the tasks that failed."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db.models import F
from django.tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from balise.foundation import clock
from balise.foundation.accounts import queries as accounts
from balise.foundation.accounts.models import Account
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.journal.events import Event
from balise.foundation.journal.models import Cursor, Entries, Entry, Link
from balise.foundation.mail import reading
from balise.foundation.mail.models import SetAside
from balise.foundation.oversight import access
from balise.foundation.retention import queries as retention
from balise.foundation.retention.models import Run
from balise.foundation.retention.queries import Standing
from balise.foundation.tasks import running
from balise.foundation.tasks.models import DeadLetter, Heartbeat
from balise.foundation.tasks.rules import Lane, lane_of
from balise.foundation.tasks.running import JobKilled, Row

PAGE = 50


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a reader of the journal asks for; empty fields do not filter."""

    line: str = ""
    event: str = ""
    subject: UUID | None = None
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of entries, the latest first, with the entries where older and newer pages begin."""

    entries: tuple[Entry, ...]
    older: int | None
    newer: int | None


def entries(
    narrowing: Narrowing,
    *,
    seen_by: Actor,
    before: int | None = None,
    after: int | None = None,
    size: int = PAGE,
) -> Page:
    """Return a page of the journal: the latest, or those before or after an entry's id.

    Reading it is itself a fact: pages ask `actions.read_journal`, which writes it down first.
    """
    access.require(seen_by, access.READ_JOURNAL)
    found = _narrowed(narrowing)
    order = _order(narrowing)
    if after is not None:
        rows = list(
            found.filter(**{f"{order}__gt": _place(after, order)}).order_by(order)[: size + 1]
        )
        more, rows = len(rows) > size, rows[:size][::-1]
        newer, older = (rows[0].pk if rows and more else None), (rows[-1].pk if rows else None)
        return Page(tuple(rows), older, newer)
    if before is not None:
        found = found.filter(**{f"{order}__lt": _place(before, order)})
    rows = list(found.order_by(F(order).desc())[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    older = rows[-1].pk if more else None
    newer = rows[0].pk if rows and before is not None else None
    return Page(tuple(rows), older, newer)


def account_key(address: str) -> str | None:
    """Return the actor's key of the person with an e-mail address, or None for nobody."""
    found = Account.objects.filter(email=address.lower()).values_list("pk", flat=True).first()
    return str(found) if found else None


def names(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the names of the colleagues who acted, by their keys."""
    staff = {entry.actor_key for entry in entries if entry.actor_kind == ActorKind.STAFF}
    return accounts.names_of(staff)


@dataclass(frozen=True, slots=True)
class Authors:
    """Who recorded some facts: how many each role of staff did, and each other kind of actor.

    `looked_at` is how many of the latest facts were looked at.
    """

    looked_at: int
    roles: tuple[tuple[str, int], ...]
    others: tuple[tuple[ActorKind, int], ...]


def authors(events: Collection[str], *, latest: int) -> Authors:
    """Return who recorded the latest facts of some events, by the role that each has now.

    Counts alone, and no entry: it is not a reading of the journal.
    """
    rows = Entry.objects.filter(event__in=events).order_by("-id")[:latest]
    found = Counter(rows.values_list("actor_kind", "actor_key"))
    keys = [key for kind, key in found if kind == ActorKind.STAFF]
    known = accounts.roles_of(keys)
    roles: Counter[str] = Counter()
    others: Counter[ActorKind] = Counter()
    for (kind, key), count in found.items():
        if kind == ActorKind.STAFF:
            roles[known.get(key, "")] += count
        else:
            others[ActorKind(kind)] += count
    return Authors(found.total(), tuple(roles.most_common()), tuple(others.most_common()))


def event_names() -> list[str]:
    """Return the names of all the facts that the programme can write down."""
    names: set[str] = set()
    waiting: list[type[Event]] = [Event]
    while waiting:
        event = waiting.pop()
        waiting += event.__subclasses__()
        if ".tests." not in event.__module__:
            names.add(event.__dict__.get("name", ""))
    return sorted(names - {""})


def rules(*, seen_by: Actor) -> list[Standing]:
    """Return the retention rules of each line, with the result of their last run."""
    access.require(seen_by, access.READ_RETENTION)
    return retention.standings()


def runs(*, seen_by: Actor) -> list[Run]:
    """Return the last nights of forgetting, the latest first."""
    access.require(seen_by, access.READ_RETENTION)
    return retention.last_runs()


def refused_run(*, seen_by: Actor) -> Run | None:
    """Return the run that was refused because the clock jumped, until someone has looked at it."""
    access.require(seen_by, access.READ_RETENTION)
    return retention.refused()


def dead_letters(*, seen_by: Actor) -> list[DeadLetter]:
    """Return the tasks that were given up, the latest first."""
    access.require(seen_by, access.MANAGE_TASKS)
    return running.dead()


def mails_set_aside(*, seen_by: Actor) -> list[SetAside]:
    """Return the mails that could not be read, the latest first."""
    access.require(seen_by, access.MANAGE_TASKS)
    return reading.set_aside()


@dataclass(frozen=True, slots=True)
class LaneStanding:
    """The state of a lane: what runs in it, how much waits, and what was killed for time today."""

    lane: Lane
    runs: tuple[Row, ...]
    waiting: int
    killed: int


@dataclass(frozen=True, slots=True)
class Work:
    """The state of the work: each lane, the workers, and which subscribers are stuck."""

    lanes: tuple[LaneStanding, ...]
    oldest: datetime | None
    workers: tuple[Heartbeat, ...]
    stuck: tuple[Cursor, ...]


def work(*, seen_by: Actor) -> Work:
    """Return the state of the lanes, the workers and the journal's subscribers now."""
    access.require(seen_by, access.MANAGE_TASKS)
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY).order_by("enqueued_at")
    waiting = Counter(map(lane_of, ready.values_list("queue_name", flat=True)))
    runs = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).order_by("started_at")
    midnight = datetime.combine(clock.today(), time(), clock.zone())
    ends = Entry.objects.filter(event=JobKilled.name, at__gte=midnight)
    killed = Counter(entry.facts["of_lane"] for entry in ends)
    return Work(
        lanes=tuple(
            LaneStanding(
                lane=lane,
                runs=tuple(row for row in runs if lane_of(row.queue_name) is lane),
                waiting=waiting[lane],
                killed=killed[lane],
            )
            for lane in Lane
        ),
        oldest=ready.values_list("enqueued_at", flat=True).first(),
        workers=tuple(Heartbeat.objects.order_by("since")),
        stuck=tuple(Cursor.objects.filter(failures__gt=0).order_by("name", "line")),
    )


def _narrowed(narrowing: Narrowing) -> Entries:
    found: Entries = Entry.objects.select_related("link")
    if narrowing.line:
        found = found.filter(link__line=narrowing.line)
    if narrowing.event:
        found = found.filter(event=narrowing.event)
    if narrowing.subject:
        found = found.filter(subject=narrowing.subject)
    if narrowing.actor:
        found = found.acted_by(narrowing.actor)
    return found


def _order(narrowing: Narrowing) -> str:
    """Return the order to read by: a line alone has no index but its chain's."""
    is_indexed = narrowing.event or narrowing.subject or narrowing.actor
    return "link__seq" if narrowing.line and not is_indexed else "id"


def _place(entry_id: int, order: str) -> int:
    if order == "id":
        return entry_id
    seq = Link.objects.filter(entry_id=entry_id).values_list("seq", flat=True).first()
    return seq if seq is not None else 0
