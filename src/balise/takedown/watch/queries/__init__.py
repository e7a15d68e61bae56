"""What the watch knows of contents (`looking`), its board (`board`), how long removals take
(`removals`), and whose turn it is (`turns`).
"""

from balise.takedown.watch.queries.board import board as board
from balise.takedown.watch.queries.looking import (
    Address as Address,
    addresses as addresses,
    history as history,
    last_online as last_online,
    of as of,
)
from balise.takedown.watch.queries.removals import (
    By as By,
    Times as Times,
    removal_times as removal_times,
    times_of_host as times_of_host,
)
from balise.takedown.watch.queries.turns import next_turn as next_turn
