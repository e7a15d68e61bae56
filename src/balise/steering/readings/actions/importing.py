"""Say how a file of readings is read, and take it in: what is right and new, once."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.steering.imports.actions import choose, taking
from balise.steering.imports.rules.kinds import ImportKind
from balise.steering.readings import access
from balise.steering.readings.actions.noting import note_all
from balise.steering.readings.models import Followed
from balise.steering.readings.queries.importing import verdict
from balise.steering.readings.rules.files import check
from balise.steering.readings.rules.judging import ReadingTold

_TURN: Final = "steering.readings"


def read_as(
    *, brought_id: UUID, columns: Sequence[str], thing: str, source: str, by: Actor
) -> None:
    """Say what the columns of a file hold. Raises ColumnsFaulty, AlreadyImported."""
    access.require(by, access.WRITE)
    check(columns, thing=thing)
    choices = {"columns": list(columns), "thing": thing, "source": source}
    choose(brought_id=brought_id, kind=ImportKind.READINGS, choices=choices, by=by)


def take_in(*, brought_id: UUID, by: Actor) -> None:
    """Enter the readings of a file that are right and new. Raises AlreadyImported, ColumnsFaulty.

    One that is lower than expected is refused: it is entered by hand, with the reason.
    """
    access.require(by, access.WRITE)
    with taking(brought_id=brought_id, kind=ImportKind.READINGS, by=by) as done:
        rows.in_turn(_TURN)  # what another takes in is known before it is looked at
        found = verdict(done.file)
        by_thing: defaultdict[str, list[ReadingTold]] = defaultdict(list)
        for line in found.new:
            if line.told:
                by_thing[line.thing].append(line.told)
        ids = dict(Followed.objects.filter(code__in=by_thing).values_list("code", "id"))
        for code, told in by_thing.items():
            note_all(followed_id=ids[code], told=told, by=by, brought=brought_id)
        done.taken, done.known = len(found.new), len(found.known)
        done.refused = [(line.number, line.refused) for line in found.refused]
