"""Hotlines of the network and their cards; transfers, and the letters that carry them.

What a letter says is sealed: to the line that wrote it while it waits, to the other hotline while
it travels. Clear columns hold the hotlines and the state.
"""

from balise.takedown.onward.exchange.models.iccam import IccamCase, IccamCursor, IccamStep
from balise.takedown.onward.exchange.models.letters import Arrival, Letter, Nonce
from balise.takedown.onward.exchange.models.peers import Peer, PeerCard
from balise.takedown.onward.exchange.models.transfers import Transfer

__all__ = [
    "Arrival",
    "IccamCase",
    "IccamCursor",
    "IccamStep",
    "Letter",
    "Nonce",
    "Peer",
    "PeerCard",
    "Transfer",
]
