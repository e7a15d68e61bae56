"""What every process may do with the journal: add to it."""

from balise.foundation.actors import ActorKind
from balise.foundation.grants import (
    API,
    APP,
    PBX,
    PUBLIC,
    STAFF,
    WORKER,
    Declared,
    Grant,
    Kept,
    Process,
)

# Who acts, in the facts that a process may write; one that is not here may write for anybody.
ACTORS: dict[Process, ActorKind] = {
    PUBLIC: ActorKind.PUBLIC,
    APP: ActorKind.PUBLIC,
    API: ActorKind.PARTNER,
    PBX: ActorKind.SYSTEM,
}

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("journal_entry",),
        to=(PUBLIC, APP, PBX),
        why="What happened is written down in its own transaction, and not read here.",
        read=("id",),
        add=True,
    ),
    Kept(
        on=("journal_entry", "journal_link"),
        from_=(STAFF, WORKER),
        rights=("UPDATE", "DELETE"),
        why="It is only ever added to.",
    ),
    Kept(
        on=("journal_chain", "journal_horizon", "journal_cursor"),
        from_=(STAFF, WORKER),
        rights=("DELETE",),
        why="No place in the chain is forgotten.",
    ),
)
