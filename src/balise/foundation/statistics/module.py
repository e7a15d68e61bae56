"""The card of this module: what the rest of Balise reads of it."""

from balise.foundation.grants import ALL, PUBLIC, Declared, Grant
from balise.foundation.modules import Module
from balise.foundation.statistics.tasks import SCHEDULE

# What the public may read of the figures: how long a step usually takes, in two codes.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("statistics_usualdelay",),
        to=(PUBLIC,),
        why="Who waits is told how long a step usually takes; no tally is read for it.",
        read=ALL,
    ),
)


MODULE = Module(
    schedule=SCHEDULE,
    grants=GRANTS,
)
