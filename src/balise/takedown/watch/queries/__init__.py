"""What the watch knows of contents (`looking`), its board (`board`), how long removals take
(`removals`), and whose turn it is (`turns`).
"""

from balise.takedown.watch.queries.board import Board, board
from balise.takedown.watch.queries.looking import (
    Address,
    History,
    addresses,
    history,
    last_online,
    of,
)
from balise.takedown.watch.queries.removals import By, Times, removal_times, times_of_host
from balise.takedown.watch.queries.turns import next_turn

__all__ = [
    "Address",
    "Board",
    "By",
    "History",
    "Times",
    "addresses",
    "board",
    "history",
    "last_online",
    "next_turn",
    "of",
    "removal_times",
    "times_of_host",
]
