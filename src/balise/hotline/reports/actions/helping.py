"""Take in what the helpline hands over: an address that may show the sexual abuse of a child."""

from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import blind
from balise.hotline.reports.actions import intake
from balise.hotline.reports.models.writing import LINE
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.incoming import Incoming
from balise.hotline.reports.rules.words import Channel
from balise.takedown.tracing.rules.addresses import read_address

CATEGORY = "csam"


def take_from_helpline(*, origin: UUID, address: str, by: Actor) -> None:
    """Take in an address from the helpline, once for each origin, and no word beside it.

    Nobody there has looked at it: an analyst does. Refuses (AddressRefused) what is no address.
    """
    place = places.on_the_web(read_address(address), text=address)
    incoming = Incoming(
        key=blind(LINE, "helpline", str(origin)),
        channel=Channel.HELPLINE,
        answers=Answers(places=(place,), category=CATEGORY),
        language="",
        received_at=now(),
        is_finished=True,
    )
    intake.receive(incoming=incoming, by=by)
