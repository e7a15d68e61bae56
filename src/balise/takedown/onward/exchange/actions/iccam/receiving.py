"""Take in what ICCAM assigns to us: each content once; what cannot be read is skipped and noted."""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid4, uuid5

from django.db import IntegrityError, transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import keep, new_key
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.takedown.onward.exchange import ports
from balise.takedown.onward.exchange.actions.iccam import stepping
from balise.takedown.onward.exchange.events import IccamUnreadable
from balise.takedown.onward.exchange.models import IccamCase, IccamCursor
from balise.takedown.onward.exchange.queries import iccam as queries
from balise.takedown.onward.exchange.rules.classified import Classification, Classified
from balise.takedown.onward.exchange.rules.iccam.bodies import Held
from balise.takedown.onward.exchange.rules.iccam.conduct import CaseState
from balise.takedown.onward.exchange.rules.letters import Statement
from balise.takedown.onward.exchange.rules.words import Direction

_DSA_CATEGORY = "STATEMENT_CATEGORY_PROTECTION_OF_MINORS"
_DSA_KEYWORD = "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL"


def take_in(*, held: Held, by: Actor) -> bool:
    """Take in a content that ICCAM assigns to us; return whether it was new.

    It goes into the queue of the line that takes in, and its reference goes back to ICCAM.
    """
    if queries.is_taken_in(held.content):
        return False
    try:
        with transaction.atomic():
            case_id, at = uuid4(), now()
            taken = ports.take_in.ask(
                number=f"iccam:{held.content}", statement=_statement(held, at), by=by
            )
            case = IccamCase.objects.create(
                id=case_id,
                direction=Direction.IN,
                line=taken.line,
                subject=taken.content,
                country=held.hosting_country[:2],
                report=held.report,
                content=held.content,
                state=CaseState.TAKEN_IN,
                begun_at=at,
                exported_at=at,
            )
            keep(new_key(taken.line, case_id))
            record(case.moved, by=by)
            stepping.refer(case_id=case.id, by=by)
    except IntegrityError:
        return False
    except Refused:
        note_unreadable(number=held.content, by=by)
        return False
    return True


@transaction.atomic
def note_unreadable(*, number: int, by: Actor) -> None:
    """Note that ICCAM names a content that cannot be read: the rest of the list goes on."""
    about = uuid5(NAMESPACE_URL, f"urn:balise:iccam:{number}")
    record(IccamUnreadable(subject=about, number=number), by=by)


def note_read(*, name: str, since: datetime, by: Actor) -> None:  # noqa: ARG001 - names its actor
    """Note that a work list was read whole up to a moment."""
    IccamCursor.objects.update_or_create(name=name, defaults={"since": since})


def _statement(held: Held, at: datetime) -> Statement:
    return Statement(
        address=held.address,
        words=held.memo,
        language="en",
        seen_at=at,
        country=held.hosting_country[:2],
        network=0,
        dsa_category=_DSA_CATEGORY,
        dsa_keyword=_DSA_KEYWORD,
        danger=False,
        classified=held.classified or Classified(classification=Classification.NATIONAL),
    )
