"""Who may do what with notices. A notice is its line's: another line's people never see it."""

from balise.foundation import access
from balise.foundation.actors import Actor

READ = "takedown.notices.read"
SEND = "takedown.notices.send"
RECORD = "takedown.notices.record"
JUDGE = "takedown.notices.judge"
SET_CUSTOMS = "takedown.notices.set-customs"

require = access.require_for
require_ability = access.require
found = access.found
locked = access.locked
lines_of = access.lines_of


def lines_read_by(actor: Actor) -> list[str]:
    """Return the lines whose notices an actor may read."""
    return sorted(lines_of(actor)) if actor.may(READ) else []
