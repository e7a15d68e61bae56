"""Every change of the app's tables."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import transaction

from balise.foundation import clock, rows
from balise.foundation.actors import Actor
from balise.foundation.encryption.signatures import sign
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.statistics import tallies
from balise.helpline.app import access
from balise.helpline.app.events import AppUsed, ButtonSiteAdded, ButtonSiteEnded
from balise.helpline.app.models import ButtonSite, SignedSites, UseTally
from balise.helpline.app.queries.sites import LINE, as_site
from balise.helpline.app.rules import sites as rules
from balise.helpline.app.rules.platforms import platforms
from balise.helpline.app.rules.sites import Site
from balise.helpline.app.rules.uses import AppUseKind, use_of

# Put a site that shows our button on the list, or end it; the list is signed again each time.


_LOCK = "helpline.app.sites"


@transaction.atomic
def add(*, name: str, address: str, platform: str, since: date, by: Actor) -> UUID:
    """Put a site on the list; return its id. Raises SiteFaulty."""
    access.require(by, access.SITES)
    rows.in_turn(_LOCK)
    site = Site(name, address, platform, since)
    current = ButtonSite.objects.filter(until=None)
    others = frozenset(current.values_list("address", flat=True))
    rules.check(site, platforms=platforms(settings.COUNTRY), others=others, today=clock.today())
    made = ButtonSite.objects.create(name=name, address=address, platform=platform, since=since)
    record(ButtonSiteAdded(subject=made.id, platform=Code(platform), since=since), by=by)
    _sign()
    return made.id


@transaction.atomic
def end(*, site_id: UUID, until: date, by: Actor) -> None:
    """Say that a site shows our button no longer; it stays on the list with its last day.

    Raises NotHere, SiteEnded, SiteFaulty.
    """
    access.require(by, access.SITES)
    rows.in_turn(_LOCK)
    row = ButtonSite.locked(site_id)
    row.until = rules.ended(as_site(row), until, today=clock.today()).until
    row.save(update_fields=["until"])
    record(ButtonSiteEnded(subject=row.id, platform=Code(row.platform), until=until), by=by)
    _sign()


def _sign() -> None:
    """Sign the list as it is now, in the transaction that changed it."""
    text = rules.document(
        [as_site(row) for row in ButtonSite.objects.all()],
        centre=str(settings.CENTRE.name),
        made_at=clock.now(),
        on=clock.today(),
    )
    made = sign(LINE, text.encode())
    SignedSites.objects.update_or_create(
        pk=1,
        defaults={
            "document": text,
            "key": made.key_id,
            "signature": b64encode(made.value).decode(),
        },
    )


# Count a use of the app in the tally of the day; tell the journal of days that are over.
#
# What comes is a word and a button's platform: nothing here knows one young person from another.


@transaction.atomic
def count(*, kind: str, platform: str = "", by: Actor) -> None:  # noqa: ARG001 - anyone
    """Add one to the day's tally. Raises UseUnknown for a kind or platform that is not counted."""
    use, of = use_of(kind, platform, known=platforms(settings.COUNTRY))
    tallies.add(UseTally, kind=use.value, platform=of)


def count_past(
    *,
    kind: AppUseKind,
    platform: str = "",
    days: Mapping[date, int],
    by: Actor,  # noqa: ARG001 - anyone
) -> None:
    """Add what was used on days of the past, so many times each day."""
    tallies.add_past(UseTally, days, kind=kind.value, platform=platform)


def tell_days(*, by: Actor) -> int:
    """Tell the journal what was counted on days that are over; return how many facts it was."""
    return tallies.tell(UseTally, _fact, by=by)


def _fact(one: UseTally) -> AppUsed:
    return AppUsed(
        subject=uuid5(NAMESPACE_URL, f"helpline/app/{one.day}"),
        day=one.day,
        kind=Code(one.kind),
        platform=Code(one.platform),
        times=one.untold,
    )
