"""Illegal content enters the figures of where it is and what it shows, and leaves them."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.journal.models import Entry
from balise.hotline.reports.events import IllegalCounted
from balise.hotline.reports.models import Content
from balise.takedown.law.rules.items import (
    AgeGroup,
    Answer,
    Commerciality,
    Item,
    Sex,
    SiteType,
    baseline_of,
    of_address,
)


def enter(*, content: Content, on: date, by: Actor) -> None:
    """Put a locked content that is finally illegal into the figures of the day of its verdict."""
    record(_counted(content, country=content.country, on=on), by=by)


def change(*, content: Content, by: Actor) -> None:
    """Put what a locked content is known to show by now in the place of what was counted of it.

    Where it is hosted stays as it was at the verdict. What no fact entered is not changed.
    """
    stands = _standing(content.id)
    if stands is None:
        return
    anew = _counted(content, country=stands.country, on=stands.decided_on)
    if anew != stands:
        record(replace(stands, contents=-1), by=by)
        record(anew, by=by)


def take_out(*, content_id: UUID, by: Actor) -> None:
    """Take a content out of these figures, as it had entered them; nothing if it had not."""
    if (stands := _standing(content_id)) is not None:
        record(replace(stands, contents=-1), by=by)


def _counted(content: Content, *, country: str, on: date) -> IllegalCounted:
    items = [one.shown for one in content.items.order_by("id")]
    shown = of_address(items) or Item()
    return IllegalCounted(
        subject=content.id,
        decided_on=on,
        contents=1,
        country=Code(country),
        site_type=shown.site_type,
        commerciality=shown.commerciality,
        baseline=baseline_of(items),
        age=shown.age,
        sex=shown.sex,
    )


def _standing(content_id: UUID) -> IllegalCounted | None:
    """Return the last fact that put a content into the figures, unless one took it out since."""
    last = Entry.objects.filter(event=IllegalCounted.name, subject=content_id).order_by("id").last()
    return _read(content_id, last.facts) if last and last.facts["contents"] > 0 else None


def _read(content_id: UUID, facts: dict[str, Any]) -> IllegalCounted:
    return IllegalCounted(
        subject=content_id,
        decided_on=date.fromisoformat(facts["decided_on"]),
        contents=facts["contents"],
        country=Code(facts["country"]),
        site_type=SiteType(facts["site_type"]),
        commerciality=Commerciality(facts["commerciality"]),
        baseline=Answer(facts["baseline"]),
        age=AgeGroup(facts["age"]),
        sex=Sex(facts["sex"]),
    )
