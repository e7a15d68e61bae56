"""What the public may do with the law that a case froze: read it."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("takedown_law_frozenlaw",),
        to=(PUBLIC,),
        why="The text of the law, as a notice named it.",
        read=ALL,
    ),
)
