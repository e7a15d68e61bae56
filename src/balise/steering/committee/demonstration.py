"""A committee that met twice and meets again, all invented; always the same."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.steering.committee import actions
from balise.steering.committee.rules import DecisionState

BEFORE: Final = (timedelta(days=140), timedelta(days=49))  # how long ago the committee met
_SEATS: Final = (
    ("Association Passerelles", "direction"),
    ("Académie de la Baie", "mission numérique"),
    ("Fonds Horizon numérique", ""),
    ("Ligne d’écoute", "coordination"),
)


def fill(people: Mapping[str, Actor]) -> None:
    """Seat members, then tell two meetings with what was decided, and plan the next."""
    by = people["steering"]
    first, second = (clock.today() - each for each in BEFORE)
    with clock.at(clock.ago(BEFORE[0])):
        seats = [
            actions.seat(organisation=name, function=function, by=by) for name, function in _SEATS
        ]
        early = actions.plan(day=first, place="Salle du Phare", by=by)
        removal = actions.decide(
            meeting_id=early,
            words={
                "fr": "Dire le délai de retrait comme une part, et non comme une moyenne seule.",
                "en": "Tell the time to removal as a share, not as a mean alone.",
            },
            owner_id=seats[3],
            due=second,
            cites=("REM-1H", "REM-MEAN"),
            by=by,
        )
        kits = actions.decide(
            meeting_id=early,
            words={
                "fr": "Livrer les kits de la rentrée avant le 15 septembre.",
                "en": "Deliver the kits of the new school year before 15 September.",
            },
            owner_id=seats[1],
            due=_autumn(second),
            cites=("KIT-PRINT",),
            by=by,
        )
    with clock.at(clock.ago(BEFORE[1])):
        actions.move(decision_id=removal, state=DecisionState.DONE, day=second, by=by)
        words = "Deux académies attendent encore."
        actions.move(
            decision_id=kits, state=DecisionState.UNDER_WAY, day=second, words=words, by=by
        )
        late = actions.plan(day=second, place="Salle du Phare", by=by)
        point = {"fr": "Chiffres de l’année et rentrée", "en": "Figures of the year, school start"}
        actions.add_item(meeting_id=late, words=point, by=by)
        actions.decide(
            meeting_id=late,
            words={
                "fr": "Montrer les appels présentés à côté des échanges traités.",
                "en": "Show the calls offered next to the contacts handled.",
            },
            owner_id=seats[0],
            due=clock.today() + timedelta(days=90),
            cites=("HEL-CALLS", "HEL-CON"),
            by=by,
        )
    actions.plan(day=clock.today() + timedelta(days=12), by=by)


def _autumn(day: date) -> date:
    return day - timedelta(days=10)
