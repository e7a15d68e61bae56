"""Asking whether someone may; each module's `access` names its abilities and what else it asks."""

from uuid import UUID

from django.core.exceptions import PermissionDenied

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.finding import NotYours, find
from balise.foundation.locking import OfLine


def require(actor: Actor, ability: str) -> None:
    """Refuse an actor who lacks the ability, before anything is looked up."""
    if not actor.may(ability):
        raise PermissionDenied(ability)


def require_for(actor: Actor, ability: str, *, line: str) -> None:
    """Refuse an actor who lacks the ability; NotYours for what is another line's."""
    require(actor, ability)
    if actor.kind is not ActorKind.SYSTEM and line not in lines_of(actor):
        raise NotYours(ability)


def found[Row: OfLine](table: type[Row], row_id: UUID, ability: str, *, by: Actor) -> Row:
    """Return a row of the actor's own lines, with those that it is locked with.

    Whether they may is asked before it is looked up, and then for its line. Raises NotHere.
    """
    require(by, ability)
    row = find(table._default_manager.select_related(table.locked_with or None), id=row_id)
    require_for(by, ability, line=row.line)
    return row


def locked[Row: OfLine](table: type[Row], row_id: UUID, ability: str, *, by: Actor) -> Row:
    """Return a row as `found` does, locked until the open transaction ends."""
    require(by, ability)
    row = table.locked(row_id)
    require_for(by, ability, line=row.line)
    return row


def lines_of(actor: Actor) -> frozenset[str]:
    """Return the lines that an actor works for: those that it holds an ability of."""
    return frozenset(ability.partition(".")[0] for ability in actor.abilities)
