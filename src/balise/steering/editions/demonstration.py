"""The edition of the committee that met last: frozen and public; the worker draws its files."""

from collections.abc import Mapping

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.steering.committee.demonstration import BEFORE
from balise.steering.editions.actions import freezing, preparing


def fill(people: Mapping[str, Actor]) -> None:
    """Open, freeze and publish the edition of the last meeting, from what was counted by then."""
    by = people["steering"]
    day = clock.today() - BEFORE[-1]
    with clock.at(clock.now() - BEFORE[-1]):
        edition = preparing.open_edition(
            day=day, first=day.replace(month=1, day=1), last=day, by=by
        )
        freezing.freeze(edition_id=edition, by=by)
        freezing.publish(edition_id=edition, by=by)
