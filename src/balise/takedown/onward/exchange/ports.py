"""What the exchange asks of the line that takes in what other hotlines send."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.ports import Port
from balise.takedown.onward.exchange.rules.letters import Statement
from balise.takedown.onward.exchange.rules.words import Outcome


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of it: whose it is now, which content, what is known of it already."""

    line: str
    content: UUID
    outcome: Outcome


class TakeIn(Protocol):
    """Take in what another hotline reports. `number` makes it one however often it is sent.

    Raises `Refused` for what cannot be read; runs in the caller's transaction.
    """

    def __call__(self, *, number: str, statement: Statement, by: Actor) -> TakenIn: ...


take_in = Port[TakeIn]("takedown.exchange.take_in")
