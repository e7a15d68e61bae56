"""Take in a file of press items: what is right and new, once."""

from uuid import UUID

from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.steering.imports.actions import taking
from balise.steering.imports.rules.kinds import ImportKind
from balise.steering.press import access
from balise.steering.press.actions.grouping import TURN
from balise.steering.press.actions.headings import add_all
from balise.steering.press.actions.noting import note_all
from balise.steering.press.queries.importing import verdict


def take_in(*, brought_id: UUID, by: Actor) -> None:
    """Enter the rows of a file that are right and new. Raises AlreadyImported, FileUnreadable.

    Nothing of rows that are known or refused is changed; topics and sequences that are new in it
    are added.
    """
    access.require(by, access.WRITE)
    with taking(brought_id=brought_id, kind=ImportKind.PRESS, by=by) as done:
        rows.in_turn(TURN)  # what another takes in is known before it is looked at
        found = verdict(done.file)
        add_all(added=found.added, by=by)
        told = [line.told for line in found.new if line.told]
        note_all(told=told, by=by, brought=brought_id)
        done.taken, done.known = len(found.new), len(found.known)
        done.refused = [(line.number, line.refused) for line in found.refused]
