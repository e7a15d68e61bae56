"""What the public may read of the figures: how long a step usually takes, in two codes."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("statistics_usualdelay",),
        to=(PUBLIC,),
        why="Who waits is told how long a step usually takes; no tally is read for it.",
        read=ALL,
    ),
)
