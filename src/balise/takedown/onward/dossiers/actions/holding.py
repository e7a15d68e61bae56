"""Police first: the host of a content is not told before a day, because an authority asks so."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused
from balise.takedown.onward.dossiers import access, queries
from balise.takedown.onward.dossiers.events import HoldAsked, HoldLifted
from balise.takedown.onward.dossiers.models import Hold
from balise.takedown.onward.dossiers.rules.stated import authority as find_authority
from balise.takedown.onward.dossiers.rules.states import check_hold


class NothingHeld(Refused, code="nothing-held"):
    """The content is not on hold."""


def ask_hold(*, line: str, subject: UUID, until: date, authority: str = "", by: Actor) -> None:
    """Write down that the host of a content must not be told before `until`; asked again, it moves.

    Refuses a day that is not to come within three months: the hold is asked again then, so that no
    content is left up because everybody forgot.
    """
    access.require(by, access.RECORD, line=line)
    code = authority or queries.usual_authority().code
    find_authority(code, country=settings.COUNTRY)
    check_hold(until, today=today())
    with transaction.atomic():
        # The row is made or locked: two who ask at once leave one hold, until the later's day.
        Hold.objects.update_or_create(
            line=line,
            subject=subject,
            lifted_at=None,
            defaults={
                "authority": code,
                "until": until,
                "asked_by": by.key,
                "asked_at": now(),
            },
        )
        fact = HoldAsked(subject=subject, for_line=Code(line), authority=Code(code), until=until)
        record(fact, by=by)


def lift_hold(*, line: str, subject: UUID, by: Actor) -> None:
    """Write down that the authority no longer asks to be first: the host may be told."""
    access.require(by, access.RECORD, line=line)
    with transaction.atomic():
        hold = (
            Hold.objects.select_for_update()
            .filter(line=line, subject=subject, lifted_at__isnull=True)
            .first()
        )
        if hold is None:
            raise NothingHeld(_("No authority asks to be first about this content."))
        _lift(hold, expired=False, by=by)


def lift_expired(*, by: Actor) -> int:
    """Lift the holds whose day has come, and return how many there were."""
    lifted = 0
    for hold_id in queries.holds_over(today()):
        with transaction.atomic():
            hold = Hold.objects.select_for_update().get(id=hold_id)
            access.require(by, access.RECORD, line=hold.line)
            if hold.lifted_at is None and hold.until <= today():
                _lift(hold, expired=True, by=by)
                lifted += 1
    return lifted


def _lift(hold: Hold, *, expired: bool, by: Actor) -> None:
    hold.lifted_at = now()
    hold.save(update_fields=("lifted_at",))
    record(HoldLifted(subject=hold.subject, for_line=Code(hold.line), expired=expired), by=by)
