"""Take in the lines of a file, batch by batch: what was taken in before is left as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from balise.foundation.actors import Actor
from balise.hotline.reports import access
from balise.hotline.reports.actions import intake
from balise.hotline.reports.queries.keys import import_keys
from balise.hotline.reports.rules.imports.lines import Understood
from balise.hotline.reports.rules.incoming import Incoming
from balise.hotline.reports.rules.words import Channel


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: how many reports are new, how many had been taken in before."""

    new: int
    known: int


def take_in(
    *, lines: Sequence[Understood], file: str, partner: UUID | None = None, by: Actor
) -> Taken:
    """Take in lines of a file (its SHA-256, hexadecimal), in one transaction.

    A line of the same file that was taken in before is left as it is. With a partner, the reports
    are the partner's: it may follow them.
    """
    access.require(by, access.IMPORT)
    keys = import_keys(file, [line.number for line in lines])
    received = intake.receive_many(
        incoming=[
            Incoming(
                key=key,
                channel=Channel.IMPORT,
                answers=line.answers,
                language="",
                received_at=line.received_at,
                is_finished=True,
                partner=partner,
            )
            for key, line in zip(keys, lines, strict=True)
        ],
        by=by,
    )
    new = sum(one.is_new for one in received)
    return Taken(new, len(received) - new)
