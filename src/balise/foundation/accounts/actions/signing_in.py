"""People sign in and out, and change their credentials. Each change is a journal entry."""

from collections.abc import Sequence
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import QuerySet

from balise.foundation import clock
from balise.foundation.accounts import access, credentials
from balise.foundation.accounts.events import (
    PasswordChanged,
    SecondFactorAdded,
    SecondFactorRemoved,
    SessionsEnded,
    SignedIn,
    SignedOut,
    SignInFailed,
)
from balise.foundation.accounts.models import Account, Invitation, Session
from balise.foundation.accounts.visits import kept_as
from balise.foundation.actors import Actor
from balise.foundation.encryption import sealing
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code

# Sessions end: one's own, one by one or all at once.


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


@transaction.atomic
def note_sign_in(*, account: Account, factor: str, by: Actor) -> None:
    """Write down that someone signed in, and by which factor."""
    record(SignedIn(subject=account.pk, factor=Code(factor)), by=by)


@transaction.atomic
def note_failure(*, account_id: UUID, factor: str, by: Actor) -> None:
    """Write down a failed attempt on an account."""
    record(SignInFailed(subject=account_id, factor=Code(factor)), by=by)


@transaction.atomic
def note_sign_out(*, account: Account, by: Actor) -> None:
    """Write down that someone signed out."""
    record(SignedOut(subject=account.pk), by=by)


@transaction.atomic
def spend_code(*, account: Account, code: str, by: Actor) -> Authenticator | None:
    """Use up a code from a generator or a recovery code; return what it was of, or None."""
    factors = Authenticator.objects.select_for_update().filter(user_id=account.pk)
    for factor in factors.order_by("-type"):  # the generator before the recovery codes
        if credentials.spend(factor, code):
            return factor
    record(SignInFailed(subject=account.pk, factor=Code("code")), by=by)
    return None


@transaction.atomic
def change_password(*, account: Account, password: str, keep_session: str, by: Actor) -> None:
    """Set a new password; every other session ends. Raise `ValidationError` for a weak one."""
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=("password",))
    record(PasswordChanged(subject=account.pk), by=by)
    end_sessions(account=account, but=keep_session, by=by)


@transaction.atomic
def note_factor_added(*, account: Account, factor: str, keep_session: str, by: Actor) -> None:
    """Write down a new second factor; every other session ends."""
    record(SecondFactorAdded(subject=account.pk, factor=Code(factor)), by=by)
    end_sessions(account=account, but=keep_session, by=by)


@transaction.atomic
def note_factor_removed(
    *, account: Account, factor: str, seeds: Sequence[UUID], keep_session: str, by: Actor
) -> None:
    """Write down that a second factor is gone, and destroy its seed; every other session ends."""
    sealing.forget(seeds)
    record(SecondFactorRemoved(subject=account.pk, factor=Code(factor)), by=by)
    end_sessions(account=account, but=keep_session, by=by)
