"""Published editions, over fruit that was picked."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import today
from balise.foundation.journal.clerk import tick
from balise.foundation.statistics.tests.makers import pick
from balise.steering.editions.actions import correcting, freezing
from balise.steering.editions.models import Edition, File
from balise.steering.editions.queries.showing import missing_files
from balise.steering.editions.rules import deck
from balise.steering.editions.rules.life import Erratum
from balise.steering.editions.tests.makers import ALONE, make_edition


def make_published(day: date | None = None, *, drawn: bool = False, baskets: int = 40) -> UUID:
    """Return a published edition of a day, today unless it is said; its files where `drawn`."""
    day = day or today()
    if baskets:
        pick("apple", times=baskets, on=day - timedelta(days=1))
        tick()
    edition = make_edition(day)
    freezing.freeze(edition_id=edition, alone=ALONE, by=make_actor("steering"))
    if drawn:
        freezing.draw(edition_id=edition, by=SYSTEM)
    else:
        as_if_drawn(edition)
    freezing.publish(edition_id=edition, by=make_actor("steering"))
    return edition


REASONS: Final = {"fr": "Un panier était compté deux fois.", "en": "A basket was counted twice."}


def make_corrected(old: UUID, erratum: Erratum = Erratum.MAJOR) -> UUID:
    """Return the published correction of an edition."""
    by = make_actor("steering")
    new = correcting.correct(edition_id=old, erratum=erratum, reasons=REASONS, by=by)
    freezing.freeze(edition_id=new, alone=ALONE, by=by)
    as_if_drawn(new)
    freezing.publish(edition_id=new, by=by)
    return new


def as_if_drawn(edition_id: UUID) -> None:
    """Keep files that hold nothing: an edition is published only once it is drawn."""
    row = Edition.objects.get(id=edition_id)
    File.objects.bulk_create(
        File(
            edition=row,
            is_public=is_public,
            form=form,
            language=language,
            octets=b"-",
            sha256="0" * 64,
            versions={},
        )
        for is_public, form, language in missing_files(row, deck.read(row.deck))
    )


def day_of(edition: UUID) -> str:
    """Return the day of an edition, as its addresses name it."""
    return Edition.objects.get(id=edition).day.isoformat()
