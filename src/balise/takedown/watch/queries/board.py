"""The board of monitoring: what is monitored, and what a person should look at."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.takedown.watch import access
from balise.takedown.watch.models import Watched
from balise.takedown.watch.rules.schedule import WatchState

LATELY = timedelta(days=7)
QUIET_FOR = timedelta(days=3)
MOST = 50
_LONGEST = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Board:
    """Numbers of contents, and the lists, each of MOST at the most, with how many there are.

    `late` is how many are due for longer than `LATE`: their hosts have too many, or nobody looks.
    """

    watched: int
    online: int
    not_seen: int
    gone: int
    late: int
    gone_lately: tuple[Watched, ...]
    back: tuple[Watched, ...]
    moved: tuple[Watched, ...]
    quiet: tuple[Watched, ...]
    quiet_count: int


LATE = timedelta(hours=1)


def back_count(seen_by: Actor) -> int:
    """Return how much content of one's own lines was removed and is online again, MOST at most."""
    ours = Watched.objects.filter(line__in=access.readable_lines(seen_by))
    return _back(ours, now()).only("id")[:MOST].count()


def board(*, seen_by: Actor, at: datetime | None = None) -> Board:
    """Return the board of one's own lines. No address is opened."""
    moment = at or now()
    ours = Watched.objects.filter(line__in=access.readable_lines(seen_by)).defer("sealed")
    numbers = ours.aggregate(
        watched=Count("id", filter=Q(next_check_at__isnull=False)),
        online=Count("id", filter=Q(state=WatchState.ONLINE)),
        not_seen=Count("id", filter=Q(state=WatchState.UNKNOWN)),
        gone=Count("id", filter=Q(state=WatchState.GONE)),
        late=Count("id", filter=Q(next_check_at__lt=moment - LATE)),
    )
    gone = ours.filter(state=WatchState.GONE, first_gone_at__gte=moment - LATELY)
    back = _back(ours, moment)
    moved = ours.filter(moved_at__gte=moment - _LONGEST)
    quiet = ours.filter(quiet_since__lte=moment - QUIET_FOR, next_check_at__isnull=False)
    quiet = quiet.exclude(state=WatchState.GONE)
    return Board(
        **numbers,
        gone_lately=tuple(gone.order_by("-first_gone_at")[:MOST]),
        back=tuple(back.order_by("-back_at")[:MOST]),
        moved=tuple(moved.order_by("-moved_at")[:MOST]),
        quiet=tuple(quiet.order_by("quiet_since")[:MOST]),
        quiet_count=quiet.count(),
    )


def _back(ours: QuerySet[Watched], moment: datetime) -> QuerySet[Watched]:
    return ours.filter(back_at__gte=moment - _LONGEST, state=WatchState.ONLINE)
