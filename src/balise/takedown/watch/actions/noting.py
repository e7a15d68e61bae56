"""Save what was seen: many looks in one transaction, the changes in the journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.clock import day_of
from balise.foundation.encryption.sealing import KeyForgotten, key_of_line
from balise.foundation.journal.book import record_each
from balise.foundation.journal.events import Code, Event
from balise.takedown.tracing.queries import country_and_network
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address
from balise.takedown.tracing.rules.looks import Look, Place
from balise.takedown.watch import access
from balise.takedown.watch.events import ContentBack, ContentGone, HostMoved
from balise.takedown.watch.models import Sighting, Site, Watched
from balise.takedown.watch.queries.looking import SEALED, Address, site_key
from balise.takedown.watch.queries.turns import turns_of
from balise.takedown.watch.rules import schedule
from balise.takedown.watch.rules.removals import heading
from balise.takedown.watch.rules.schedule import News, Pace
from balise.takedown.watch.rules.verdicts import Seen, becomes_usual, is_silent, verdict
from balise.takedown.watch.rules.whereabouts import after_look

_SEEN = (
    "network",
    "country",
    "counted_from",
    "state",
    "misses",
    "looks_since",
    "missed_at",
    "first_gone_at",
    "quiet_since",
    "seen",
    "seen_since",
    "seen_looks",
    "http_status",
    "checked_at",
    "candidate",
    "candidate_looks",
    "leads_site",
    "back_at",
    "moved_at",
    "next_check_at",
)


@dataclass(frozen=True, slots=True)
class Noted:
    """What one look found, of one content at its address."""

    watched_id: UUID
    address: Address
    look: Look


@dataclass(frozen=True, slots=True)
class Result:
    """What a look came to."""

    watched_id: UUID
    seen: Seen
    news: News
    has_moved: bool


def note_looks(*, noted: Sequence[Noted], at: datetime, by: Actor) -> list[Result]:
    """Save looks, at most one for each site; content that is no longer monitored is left out."""
    access.require_worker(by)
    with transaction.atomic():
        known = _held([one.watched_id for one in noted])
        results: list[Result] = []
        events: list[tuple[Event, Actor]] = []
        ended: list[Sighting] = []
        for one in noted:
            watched = known.get(one.watched_id)
            if watched is None:
                continue
            seen = _usually_seen(watched, one)
            results.append(_note(watched, one, seen, at, ended, events, by))
        values = [[*(getattr(each, name) for name in _SEEN), each.id] for each in known.values()]
        rows.update(Watched, _SEEN, values)
        Sighting.objects.bulk_create(ended)
        record_each(events)
        _free_sites(known, {one.watched_id: one.look for one in noted}, at)
    return results


def _held(ids: Sequence[UUID]) -> dict[UUID, Watched]:
    """Return contents with their sites, locked: sites first, as everyone does."""
    sites = Watched.objects.filter(id__in=ids).values("site_id")
    list(Site.objects.select_for_update().filter(id__in=sites).order_by("id"))
    found = Watched.objects.select_for_update().filter(id__in=ids).defer("sealed").order_by("id")
    return {watched.id: watched for watched in found}


def _usually_seen(watched: Watched, one: Noted) -> Seen:
    usual = one.address.usual or (becomes_usual(one.look) if watched.checked_at is None else "")
    return verdict(one.look, usual=usual)


def _note(
    watched: Watched,
    one: Noted,
    seen: Seen,
    at: datetime,
    ended: list[Sighting],
    events: list[tuple[Event, Actor]],
    by: Actor,
) -> Result:
    step = schedule.after(watched.standing, seen, pace=Pace(watched.pace), at=at)
    wait = step.wait
    if wait is not None:
        wait = schedule.spread(wait, key=watched.id.int)
    watched.next_check_at = at + wait if wait is not None else None
    if seen is Seen.UNKNOWN:
        return Result(watched.id, seen, News.NONE, has_moved=False)
    _keep_addresses(watched, one, seen)
    _note_run(watched, seen, one.look, at, ended)
    gone_at = watched.first_gone_at or at
    standing = step.standing
    watched.state, watched.misses = standing.state.value, standing.misses
    watched.looks_since, watched.missed_at = standing.looks_since, standing.missed_at
    watched.quiet_since = standing.quiet_since
    watched.first_gone_at = gone_at if standing.misses else None
    if step.news is News.GONE:
        events.append((_gone(watched, seen, gone_at), by))
    elif step.news is News.BACK:
        events.append((_back(watched, since=gone_at, at=at), by))
        watched.back_at = watched.counted_from = at
    moved = _note_whereabouts(watched, seen, one.look, at)
    if moved is not None:
        events.append((moved, by))
    return Result(watched.id, seen, step.news, has_moved=moved is not None)


def _note_run(
    watched: Watched, seen: Seen, look: Look, at: datetime, ended: list[Sighting]
) -> None:
    # Of two processes whose clocks differ, one may note a look before the last: it is none earlier.
    at = max(at, watched.checked_at or at)
    if watched.seen_since is None or watched.checked_at is None or watched.seen != seen:
        if watched.seen_since is not None and watched.checked_at is not None:
            ended.append(
                Sighting(
                    watched=watched,
                    seen=watched.seen,
                    http_status=watched.http_status,
                    since=watched.seen_since,
                    until=watched.checked_at,
                    looks=watched.seen_looks,
                )
            )
        watched.seen, watched.seen_since, watched.seen_looks = seen.value, at, 0
    watched.seen_looks += 1
    watched.http_status, watched.checked_at = look.http_status, at


def _note_whereabouts(watched: Watched, seen: Seen, look: Look, at: datetime) -> HostMoved | None:
    """Save where it was seen; return the event that it changed its host, if it did."""
    if seen not in {Seen.ONLINE, Seen.MOVED}:
        return None
    known = watched.whereabouts
    hosted = {
        network: country
        for country, network in (country_and_network(str(ip)) for ip in look.addresses)
        if network is not None
    }
    shift = after_look(known, networks=hosted.keys(), site=_site_elsewhere(look))
    before = watched.country
    watched.network, watched.leads_site = shift.now.network, shift.now.site
    watched.candidate, watched.candidate_looks = shift.now.candidate, shift.now.looks
    if shift.now.network in hosted and (not before or shift.now.network != known.network):
        watched.country = hosted[shift.now.network]
    if not shift.has_moved:
        return None
    watched.moved_at = at
    return HostMoved(
        subject=watched.subject,
        for_line=Code(watched.line),
        by_site=shift.by_site,
        network=watched.network or 0,
        country=Code(watched.country),
        from_network=known.network or 0,
        from_country=Code(before),
        category=Code(watched.category),
    )


def _site_elsewhere(look: Look) -> bytes:
    """Return the blind index of the site that an address leads to, b"" where that is its own."""
    if look.place is not Place.ELSEWHERE:
        return b""
    try:
        return site_key(read_address(look.leads_to).registrable_domain)
    except AddressRefused:
        return b""


def _keep_addresses(watched: Watched, one: Noted, seen: Seen) -> None:
    """Encrypt and save where it leads, if that is new."""
    kept = one.address
    usual = kept.usual or (becomes_usual(one.look) if watched.checked_at is None else "")
    moved_to = kept.moved_to
    if seen is Seen.MOVED:
        try:
            moved_to = read_address(one.look.leads_to).canonical
        except AddressRefused:
            moved_to = ""
    found = Address(kept.address, usual, moved_to)
    if found == kept:
        return
    try:
        key = key_of_line(watched.line, watched.id)
    except KeyForgotten:
        return
    sealed = key.seal(found.payload(), where=SEALED, row=watched.id)
    Watched.objects.filter(id=watched.id).update(sealed=sealed)


def _gone(watched: Watched, seen: Seen, gone_at: datetime) -> ContentGone:
    seconds = max(0, int((gone_at - watched.counted_from).total_seconds()))
    return ContentGone(
        subject=watched.subject,
        for_line=Code(watched.line),
        seen=seen,
        gone_at=gone_at,
        gone_on=day_of(gone_at),
        seconds=seconds,
        heading=heading(seconds),
        **_facts(watched),
    )


def _back(watched: Watched, *, since: datetime, at: datetime) -> ContentBack:
    return ContentBack(
        subject=watched.subject,
        for_line=Code(watched.line),
        seconds=max(0, int((at - since).total_seconds())),
        **_facts(watched),
    )


def _facts(watched: Watched) -> dict[str, Any]:
    return {
        "host": watched.host,
        "network": watched.network or 0,
        "country": Code(watched.country),
        "category": Code(watched.category),
    }


def _free_sites(known: dict[UUID, Watched], looks: dict[UUID, Look], at: datetime) -> None:
    """Set when each site may be asked again, and when its next turn is."""
    turns = turns_of({watched.site_id for watched in known.values()})
    sites = Site.objects.in_bulk(turns)
    values = []
    for watched in known.values():
        site, turn = sites[watched.site_id], turns[watched.site_id]
        silent = site.silent_count + 1 if is_silent(looks[watched.id]) else 0
        pause = schedule.space(
            contents=turn.contents,
            every=Pace(watched.pace).every,
            most_a_minute=settings.WATCH_A_MINUTE,
        )
        free_at = at + (schedule.silence(silent) if silent else pause)
        due_at = turn.due_at
        turn_at = max(due_at, free_at) if due_at is not None else None
        values.append([free_at, min(silent, 1_000), turn_at, site.id])
    rows.update(Site, ("free_at", "silent_count", "turn_at"), values)
