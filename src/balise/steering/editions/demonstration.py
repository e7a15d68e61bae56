"""The edition of the committee that met last, frozen and public; a frozen quarter; a draft letter.

The worker draws the files.
"""

from collections.abc import Mapping

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.steering.committee.demonstration import BEFORE
from balise.steering.editions.actions import freezing, preparing
from balise.steering.editions.rules.kinds import AMBASSADORS, INSAFE


def fill(people: Mapping[str, Actor]) -> None:
    """Open, freeze and publish the edition of the last meeting, from what was counted by then.

    Today Insafe's quarter is frozen, and the letter to ambassadors prepared.
    """
    by = people["steering"]
    day = clock.today() - BEFORE[-1]
    with clock.at(clock.ago(BEFORE[-1])):
        edition = preparing.open_edition(
            day=day, first=day.replace(month=1, day=1), last=day, by=by
        )
        freezing.freeze(edition_id=edition, by=by)
        freezing.publish(edition_id=edition, by=by)
    quarter = preparing.open_edition(template=INSAFE.code, day=clock.today(), by=by)
    freezing.freeze(edition_id=quarter, by=by)
    preparing.open_edition(template=AMBASSADORS.code, day=clock.today(), by=by)
