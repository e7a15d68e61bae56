"""Watch a content, look now, stop."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import forget, keep, key_of_line, new_key
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused
from balise.takedown.tracing.rules.addresses import read_address
from balise.takedown.watch import access
from balise.takedown.watch.events import AddressRead, LookAsked, WatchStarted, WatchStopped
from balise.takedown.watch.models import Site, Watched
from balise.takedown.watch.queries.looking import SEALED, site_key
from balise.takedown.watch.queries.turns import turns_of
from balise.takedown.watch.rules.removals import About
from balise.takedown.watch.rules.schedule import LOOKED_AT_FOR, Pace

NOTHING_KNOWN = About()


class NotWatched(Refused, code="not-watched"):
    """The content is not monitored, or no longer."""


def watch(
    *,
    line: str,
    subject: UUID,
    address: str,
    pace: Pace = Pace.STEADY,
    about: About = NOTHING_KNOWN,
    by: Actor,
) -> None:
    """Monitor a content until it is gone, starting now; one that is monitored gets this pace.

    What is given `about` it stays as it was first given; later, it fills what was not known.
    Refuses (AddressRefused) what is no page of the public web.
    """
    access.require(by, access.WATCH, line=line)
    read = read_address(address)
    with transaction.atomic():
        known = _held(line, subject)
        site = _site(read.host) if known is None else known.site
        # Another may have begun to watch it while the site was waited for.
        known = known or _held(line, subject)
        if known is not None:
            known.pace, known.next_check_at = pace.value, now()
            known.host = known.host or about.host
            known.network = about.network if known.network is None else known.network
            known.country = known.country or about.country
            known.category = known.category or about.category
            known.save()
            _give_turn(known.site_id)
            return
        row, at = uuid4(), now()
        key = new_key(line, row)
        Watched.objects.create(
            id=row,
            site=site,
            line=line,
            subject=subject,
            sealed=key.seal({"address": read.canonical}, where=SEALED, row=row),
            pace=pace.value,
            host=about.host,
            network=about.network,
            country=Code(about.country),
            category=Code(about.category),
            started_at=at,
            counted_from=at,
            next_check_at=at,
        )
        keep(key)
        _give_turn(site.id)
        record(WatchStarted(subject=subject, for_line=Code(line), pace=pace), by=by)


def look_now(*, line: str, subject: UUID, by: Actor) -> None:
    """Check a content as soon as its host may be asked; refuses what is not monitored."""
    access.require(by, access.WATCH, line=line)
    with transaction.atomic():
        known = _held(line, subject)
        if known is None:
            raise NotWatched(_("This content is no longer monitored."))
        known.next_check_at = now()
        known.save(update_fields=("next_check_at",))
        _give_turn(known.site_id)
        record(LookAsked(subject=subject, for_line=Code(line)), by=by)


def stop(*, line: str, subject: UUID, by: Actor) -> bool:
    """Stop checking a content and delete its address; return whether it was monitored."""
    access.require(by, access.WATCH, line=line)
    with transaction.atomic():
        known = _held(line, subject)
        if known is None:
            return False
        forget([known.id])
        known.delete()
        _give_turn(known.site_id)
        record(WatchStopped(subject=subject, for_line=Code(line)), by=by)
    return True


def _held(line: str, subject: UUID) -> Watched | None:
    """Return a content with its site, locked: the site first, as everyone does."""
    found = Watched.objects.filter(line=line, subject=subject)
    list(Site.objects.select_for_update().filter(id__in=found.values("site_id")))
    return found.select_for_update().first()


def _give_turn(site_id: int) -> None:
    """Set when a site is next asked; one without contents is forgotten."""
    turn = turns_of([site_id]).get(site_id)
    if turn is None:
        Site.objects.filter(id=site_id).delete()
    else:
        Site.objects.filter(id=site_id).update(turn_at=turn.at)


def _site(host: str) -> Site:
    """Return a host's site, locked; new ones are made."""
    key = site_key(host)
    Site.objects.bulk_create([Site(key=key)], ignore_conflicts=True)
    return Site.objects.select_for_update().get(key=key)


# Read where a content leads now. The reading is written down first, and only then it is opened.


def where_it_leads(*, line: str, subject: UUID, by: Actor) -> str:
    """Return the address that a content's own leads to by now, "" while it leads nowhere else.

    Refuses what is not watched; raises KeyForgotten for what was erased.
    """
    access.require(by, access.READ, line=line)
    with transaction.atomic():
        watched = Watched.objects.filter(line=line, subject=subject).first()
        if watched is None:
            raise NotWatched(_("This content is no longer monitored."))
        record(AddressRead(subject=subject, for_line=Code(line)), by=by)
    key = key_of_line(line, watched.id)
    payload = key.open(watched.sealed, where=SEALED, row=watched.id)
    return str(payload.get("moved_to", ""))


# Claim a turn: content that is due, of hosts that may be asked, for one worker only.


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
