"""What is done with figures of use and short links."""

import time
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from balise.awareness.usage import access, ports, queries
from balise.awareness.usage.events import LinkClosed, LinkOpened, UseCounted, UseExported
from balise.awareness.usage.models import DayTally, ShortLink, ToldTally
from balise.awareness.usage.rules.clients import Clients
from balise.awareness.usage.rules.links import new_code, path_of
from balise.awareness.usage.rules.periods import Period
from balise.awareness.usage.rules.robots import is_robot
from balise.awareness.usage.rules.tallies import LOST, Cell, Client, Tallies, UsageKind, Use
from balise.foundation import clock, rows
from balise.foundation.actors import Actor
from balise.foundation.finding import NotYours, find
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused

# Count a use in memory, add what was counted to the day tallies, and tell the journal of days.


LOOKS_BACK: Final = timedelta(days=40)  # for what was written later: a database stopped so long
_held = Tallies()
_clients = Clients()


def count(*, use: Use, client: Client, by: Actor) -> bool:  # noqa: ARG001 - anyone: nobody is asked
    """Count a use in this process's memory, and return whether it counts. Never waits.

    A robot's, our own tracer's, and a second of the same client within half an hour do not.
    """
    if client.agent == settings.TRACER_AGENT or is_robot(client.agent):
        return False
    day = clock.today()
    if not _clients.is_new(client, use, now=time.monotonic(), day=day):
        return False
    _held.add(use, day=day)
    return True


def write_down(*, by: Actor) -> int:  # noqa: ARG001 - the process itself; it writes no person down
    """Add what is held to the day tallies, in one transaction; return how many rows it was.

    Where that fails all is held again, and the error is raised.
    """
    _clients.begin(clock.today())
    taken = _held.take()
    if not taken:
        return 0
    try:
        with transaction.atomic():
            _add(taken)
    except BaseException:
        _held.put_back(taken)
        raise
    return len(taken)


@transaction.atomic
def count_past(*, use: Use, days: Mapping[date, int], by: Actor) -> None:  # noqa: ARG001 - anyone
    """Add uses of a thing on days of the past, so many each day; the journal hears of them later.

    Days further back than the journal is told of late (`LOOKS_BACK`) are told on the days after.
    """
    _add({Cell(day, use.kind, use.thing, use.language, use.campaign): n for day, n in days.items()})


def tell_days(*, by: Actor) -> int:
    """Tell the journal how many uses each day that is over had; return how many facts it was.

    What is written later for a day that was told is told as one more. Steering reads no other
    number of use.
    """
    today = clock.today()
    with transaction.atomic():
        rows.in_turn("usage.told")
        tallies = DayTally.objects.filter(day__gte=today - LOOKS_BACK, day__lt=today)
        counted = tallies.exclude(kind=LOST).values_list("day", "kind").annotate(n=Sum("count"))
        told = {
            (day, kind): count
            for day, kind, count in ToldTally.objects.values_list("day", "kind", "count").filter(
                day__gte=today - LOOKS_BACK
            )
        }
        new = [each for each in counted.order_by("day", "kind") if told.get(each[:2], 0) < each[2]]
        for day, kind, now in new:
            ToldTally.objects.update_or_create(day=day, kind=kind, defaults={"count": now})
        return record_many(
            (
                UseCounted(
                    subject=uuid5(NAMESPACE_URL, f"awareness/usage/{day}"),
                    day=day,
                    kind=Code(kind),
                    amount=now - told.get((day, kind), 0),
                )
                for day, kind, now in new
            ),
            by=by,
        )


def _add(taken: Mapping[Cell, int]) -> None:
    adapt = connection.ops.adapt_datefield_value
    table = connection.ops.quote_name(DayTally._meta.db_table)
    # In one order everywhere, so that two processes never wait for each other in a circle.
    values = [(adapt(cell.day), *cell[1:], count) for cell, count in sorted(taken.items())]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (day, kind, thing, language, campaign, count) "  # noqa: S608 - our own table
            "VALUES (%s, %s, %s, %s, %s, %s) "
            "ON CONFLICT (day, kind, thing, language, campaign) "
            f"DO UPDATE SET count = {table}.count + excluded.count",
            values,
        )


# Open a short link to a page of ours, and close it.


def open_link(*, address: str, campaign: str = "", by: Actor) -> ShortLink:
    """Return a new short link to a public page of ours; refuse another address.

    A campaign that there is not is refused by who knows campaigns.
    """
    access.require(by, access.LINK)
    path = path_of(address, site=settings.PUBLIC_ADDRESS)
    link = ShortLink(
        code=new_code(),
        path=path,
        thing=ports.thing_at.ask(path=path),
        campaign=ports.campaign.ask(campaign),
        owner=by.key,
        opened_at=clock.now(),
    )
    with transaction.atomic():
        link.save(force_insert=True)
        record(LinkOpened(subject=link.id), by=by)
    return link


def close_link(*, link_id: UUID, by: Actor) -> None:
    """Let a short link lead nowhere; what it counted stays. Its owner may, and the head."""
    access.require(by, access.LINK)
    with transaction.atomic():
        link = find(ShortLink.objects.select_for_update(), id=link_id)
        if not access.may_close(link, by=by):
            raise NotYours(access.CLOSE)
        if link.closed_at is not None:
            return
        link.closed_at = clock.now()
        link.save(update_fields=["closed_at"])
        record(LinkClosed(subject=link.id), by=by)


# Figures of use as a file, and who took it.


class PeriodNotOver(Refused):
    code = "period-not-over"


def export(*, period: Period, by: Actor) -> Mapping[UsageKind, Mapping[str, int]]:
    """Return the numbers of a period that is over, by kind and thing; write down who took them."""
    access.require(by, access.READ)
    if period.last >= clock.today():
        raise PeriodNotOver(_("Only complete periods can be exported."))
    with transaction.atomic():
        record(UseExported(subject=uuid4(), first=period.first, last=period.last), by=by)
        return queries.counts(period)
