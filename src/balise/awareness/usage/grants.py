"""What the public door may do: add to tallies, and follow short links."""

from balise.foundation.grants import PUBLIC, Declared, Grant

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("awareness_usage_daytally",),
        to=(PUBLIC,),
        why="Once a second it adds what was used. PostgreSQL reads a row that it adds to.",
        read=("day", "kind", "thing", "language", "campaign", "count"),
        add=True,
        change=("count",),
    ),
    Grant(
        on=("awareness_usage_shortlink",),
        to=(PUBLIC,),
        why="Anyone follows a short link; who opened it is not read.",
        read=("id", "code", "path", "campaign", "closed_at"),
    ),
)
