"""From the helpline into the queue: content that a listener refers, without a name."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.refusals import Refused
from balise.hotline.reports.actions import intake
from balise.hotline.reports.queries.receipts import intake_key
from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.given import LONGEST_DESCRIPTION, Answers, Incoming
from balise.hotline.reports.rules.places import Place
from balise.hotline.reports.rules.words import Channel
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address

_CSAM = "csam"


class AddressUnreadable(Refused, code="address-unreadable"):
    """One of the addresses is no page of the web; the message says which."""


def take_in(*, origin: UUID, addresses: Sequence[str], words: str, danger: bool, by: Actor) -> UUID:
    """Take in what the helpline refers, once for an origin; return the report.

    The helpline has checked who may, and on which ground. Refuses an address that cannot be read.
    """
    answers = Answers(
        places=tuple(_place(text) for text in addresses),
        danger=danger,
        description=words[:LONGEST_DESCRIPTION],
    )
    return _receive(origin, answers, by)


def take_suspected(*, origin: UUID, address: str, by: Actor) -> None:
    """Take in an address that may show the sexual abuse of a child, and no word beside it.

    Once for an origin. Nobody at the helpline has looked at it: an analyst does. Refuses an
    address that cannot be read.
    """
    _receive(origin, Answers(places=(_place(address),), category=_CSAM), by)


def _receive(origin: UUID, answers: Answers, by: Actor) -> UUID:
    (received,) = intake.receive_many(
        incoming=[
            Incoming(
                key=intake_key(origin),
                channel=Channel.HELPLINE,
                answers=answers,
                language=settings.LANGUAGE_CODE[:2],
                received_at=now(),
                is_finished=True,
            )
        ],
        by=by,
    )
    return received.report_id


def _place(text: str) -> Place:
    try:
        return places.on_the_web(read_address(text), text=text)
    except AddressRefused as refusal:
        raise AddressUnreadable(
            _("%(address)s: %(reason)s") % {"address": text, "reason": refusal.message}
        ) from None
