"""Hotlines of the network and their cards; transfers, and the letters that carry them.

What a letter says is sealed: to the line that wrote it while it waits, to the other hotline while
it travels. Clear columns hold the hotlines and the state.
"""

from balise.takedown.onward.exchange.models.iccam import (
    IccamCase as IccamCase,
    IccamCursor as IccamCursor,
    IccamStep as IccamStep,
)
from balise.takedown.onward.exchange.models.letters import (
    Arrival as Arrival,
    Letter as Letter,
    Nonce as Nonce,
)
from balise.takedown.onward.exchange.models.peers import Peer as Peer, PeerCard as PeerCard
from balise.takedown.onward.exchange.models.transfers import Transfer as Transfer
