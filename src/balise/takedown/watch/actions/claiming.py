"""Claim a turn: content that is due, of hosts that may be asked, for one worker only."""

from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.takedown.watch import access
from balise.takedown.watch.models import Site, Watched
from balise.takedown.watch.queries.turns import turns_of
from balise.takedown.watch.rules.schedule import LOOKED_AT_FOR, Pace


def claim(*, limit: int, by: Actor) -> list[Watched]:
    """Return one content for each of `limit` hosts whose turn it is, the most urgent of each first.

    No other worker has them, nor any other content of these hosts, until what was seen is noted.
    A worker that dies gives them back: it is their turn again ten minutes later.
    """
    access.require_worker(by)
    at = now()
    turns = Site.objects.filter(turn_at__lte=at)
    if not turns.exists():
        return []  # seen without a transaction: an idle worker never takes SQLite's writer
    with transaction.atomic():
        free = turns.select_for_update(skip_locked=True).order_by("turn_at")
        sites = list(free.values_list("id", flat=True)[:limit])
        first = Coalesce(*(_first_due(pace, at) for pace in Pace))
        chosen = dict(
            Site.objects.filter(id__in=sites).annotate(first=first).values_list("id", "first")
        )
        ids = [each for each in chosen.values() if each is not None]
        until = at + LOOKED_AT_FOR
        Watched.objects.filter(id__in=ids).update(next_check_at=until)
        Site.objects.filter(id__in=sites).update(turn_at=until)
        _pass_over([site for site, each in chosen.items() if each is None])
        return list(Watched.objects.filter(id__in=ids))


def _first_due(pace: Pace, at: datetime) -> Subquery:
    """Return the id of a site's content of one pace that has been due for longest."""
    due = Watched.objects.filter(site=OuterRef("pk"), pace=pace.value, next_check_at__lte=at)
    return Subquery(due.order_by("next_check_at").values("id")[:1])


def _pass_over(sites: list[int]) -> None:
    """Skip the turn of sites that have nothing due after all."""
    for site, turn in turns_of(sites).items():
        Site.objects.filter(id=site).update(turn_at=turn.at)
