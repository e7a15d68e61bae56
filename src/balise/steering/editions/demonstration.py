"""Editions of a centre that lives: one public, one corrected, one handed over, one in review.

Each was written by one person and read by another.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.steering.committee.demonstration import BEFORE
from balise.steering.editions.actions import correcting, freezing, preparing, reviewing
from balise.steering.editions.models import Edition
from balise.steering.editions.rules.kinds import AMBASSADORS, INSAFE
from balise.steering.editions.rules.life import Erratum, Tick

_REASONS = {
    "fr": "Un libellé de l’édition précédente prêtait à confusion. Aucun nombre ne change.",
    "en": "A label of the earlier edition was misleading. No number changes.",
}


def fill(people: Mapping[str, Actor]) -> None:
    """Open, read, freeze and publish the editions of the last meetings, as counted by then.

    The one before the last was corrected the next day. Today Insafe's quarter is frozen, and the
    letter to ambassadors waits for its second reader.
    """
    by = people["steering"]
    with clock.at(clock.ago(BEFORE[-2])):
        old = _published(_opened(clock.today(), by=by), people)
    with clock.at(clock.ago(BEFORE[-2] - timedelta(days=1))):
        corrected = correcting.correct(
            edition_id=old, erratum=Erratum.FORM, reasons=_REASONS, by=by
        )
        _published(corrected, people)
    with clock.at(clock.ago(BEFORE[-1])):
        _published(_opened(clock.today(), by=by), people)
    _frozen(preparing.open_edition(template=INSAFE.code, day=clock.today(), by=by), people)
    letter = preparing.open_edition(template=AMBASSADORS.code, day=clock.today(), by=by)
    reviewing.ask_review(edition_id=letter, by=by)


def _opened(day: date, *, by: Actor) -> UUID:
    return preparing.open_edition(day=day, first=day.replace(month=1, day=1), last=day, by=by)


def _frozen(edition_id: UUID, people: Mapping[str, Actor]) -> UUID:
    by, reader = people["steering"], people["steering_office"]
    reviewing.ask_review(edition_id=edition_id, by=by)
    digest = Edition.objects.values_list("digest", flat=True).get(id=edition_id)
    reviewing.approve(edition_id=edition_id, digest=digest, ticks=list(Tick), by=reader)
    freezing.freeze(edition_id=edition_id, by=by)
    return edition_id


def _published(edition_id: UUID, people: Mapping[str, Actor]) -> UUID:
    _frozen(edition_id, people)
    freezing.draw(edition_id=edition_id, by=people["steering"])
    freezing.publish(edition_id=edition_id, by=people["steering"])
    return edition_id
