"""Sessions end: one's own, one by one or all at once."""

from django.db import transaction
from django.db.models import QuerySet

from balise.foundation import clock
from balise.foundation.accounts import access
from balise.foundation.accounts.events import SessionsEnded
from balise.foundation.accounts.models import Account, Invitation, Session
from balise.foundation.accounts.sessions import kept_as
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record


@transaction.atomic
def end_session(*, account: Account, session: str, by: Actor) -> None:
    """End one of one's own sessions, named as the list names it."""
    _end(account, Session.objects.filter(account=account, session_key=session), by=by)


@transaction.atomic
def end_sessions(*, account: Account, by: Actor, but: str = "") -> None:
    """End all of one's own sessions, except the one with the key `but`."""
    sessions = Session.objects.filter(account=account)
    _end(account, sessions.exclude(session_key=kept_as(but)) if but else sessions, by=by)


@transaction.atomic
def sweep_expired(*, by: Actor) -> None:
    """Delete the sessions and links that are over; they no longer opened anything."""
    access.require(by, access.WITHOUT_SECOND_PERSON)
    Session.objects.filter(expire_date__lte=clock.now()).delete()
    Invitation.objects.filter(expires_at__lte=clock.now()).delete()


def _end(account: Account, sessions: QuerySet[Session], *, by: Actor) -> None:
    count, _ = sessions.delete()
    if count:
        record(SessionsEnded(subject=account.pk, count=count), by=by)
