"""When a session is valid, what two people must agree on, and the form of a token. Pure."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import Refused

INVITATION_LASTS = timedelta(hours=72)
TOKEN_LASTS_AT_MOST = timedelta(days=730)
TOKEN_LASTS_BY_DEFAULT = timedelta(days=365)

DEMONSTRATION_DOMAIN = "demonstration.example"

_PREFIX_LENGTH = len("balise_") + 6

WEBHOOK_PATIENCE = timedelta(days=1)
WEBHOOK_TRIES = 20


@dataclass(frozen=True, slots=True)
class Allowance:
    """A number of attempts at once, then one more every some seconds (as ITU-T I.371 counts cells).

    It is stored as one moment: when it will be full again.
    """

    at_once: int
    each: int  # seconds

    @property
    def in_all(self) -> int:
        """The seconds in which an allowance that is used up becomes whole again."""
        return self.at_once * self.each

    def latest_to_take(self, *, now: int) -> int:
        """Return until when it may be whole again, in milliseconds, for one more to be taken."""
        return now + (self.in_all - self.each) * 1_000

    def wait(self, *, whole_at: int, now: int) -> int:
        """Return the seconds until one more may be taken, 1 or more; moments in milliseconds."""
        return max(1, -((self.latest_to_take(now=now) - whole_at) // 1_000))


# Attempts that failed, or are under way. From one network all names count together: offices share
# one. A person errs on their own device; strangers guess from elsewhere.
NEARBY = Allowance(at_once=10, each=6)  # a /24 or a /64
AROUND = Allowance(at_once=30, each=2)  # an IPv6 /48: what one subscriber may be given
PASSWORDS = Allowance(at_once=5, each=60)
CODES = Allowance(at_once=5, each=300)  # three codes of a million are right at each moment
DEVICES_LAST = timedelta(days=365)

# Where a partner's webhook secret is sealed; the envelope is bound to it.
WEBHOOK_SECRET = "accounts.partnerorganisation.webhook_secret"  # noqa: S105 - where, not what


class Standing(StrEnum):
    """The state of a session: what it may be used for next."""

    NOBODY = "nobody"  # not signed in
    ENDED = "ended"  # signed in, and over: too long, or left alone before the second factor
    ENROLLING = "enrolling"  # signed in, and has no second factor yet
    LOCKED = "locked"  # signed in, and locked or left alone: hidden until unlocked
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Visit:
    """What a session says of itself: when it began, last moved, and passed a second factor."""

    began_at: datetime
    seen_at: datetime
    factor: str  # "totp", "webauthn", "recovery_codes", "demonstration", or "" when none

    def standing(
        self, *, now: datetime, idle: timedelta, absolute: timedelta, is_locked: bool = False
    ) -> Standing:
        """Return the state of a session at this moment; `is_locked` says that someone locked it.

        `idle` and `absolute` are the longest it may be unused and last. A clock set back is no
        reason to keep a session for longer: a beginning in the future ends it.
        """
        if not self.began_at - timedelta(minutes=1) <= now < self.began_at + absolute:
            return Standing.ENDED
        rested = is_locked or now - self.seen_at >= idle
        if not self.factor:
            return Standing.ENDED if rested else Standing.ENROLLING
        return Standing.LOCKED if rested else Standing.OPEN


class ProposalKind(TextChoices):
    """What one person asks for and another confirms."""

    INVITATION = "invitation", _("A new account")
    ROLE = "role", _("A role")  # another one, or the return of someone who had left
    ACCESS = "access", _("A new link")  # password and second factor begin again


class Decision(StrEnum):
    """How a proposal ended; empty while it waits."""

    WAITING = ""
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class OwnProposal(Refused, code="own-proposal"):
    """Someone tries to confirm what they asked for, or what concerns themselves."""


class AlreadyDecided(Refused, code="already-decided"):
    """The proposal was confirmed or refused before."""


class AlreadyWaiting(Refused, code="already-waiting"):
    """Something is asked for this account already."""


class AlreadyHere(Refused, code="already-here"):
    """Someone with this address has an account."""


class NobodyLeft(Refused, code="nobody-left"):
    """Without this person nobody could administer the accounts."""


class WrongRole(Refused, code="wrong-role"):
    """A partner's people have a partner's role, the centre's own people another."""


class OwnAccount(Refused, code="own-account"):
    """Nobody disables the account they are using."""


class LinkSpent(Refused, code="link-spent"):
    """The link was used, has expired, or never was."""


class PartnerAsleep(Refused, code="partner-asleep"):
    """The partner's tokens may not be used for now."""


class TokenOver(Refused, code="token-over"):
    """The token was revoked or has expired."""


def check_role_fits(*, is_for_partners: bool, is_of_partner: bool) -> None:
    """Refuse a partner's role for someone of the centre, and any other for someone of a partner."""
    if is_for_partners and not is_of_partner:
        raise WrongRole(str(_("This role is for a member of a partner: choose which one.")))
    if is_of_partner and not is_for_partners:
        raise WrongRole(str(_("Someone of a partner can have a partner’s role only.")))


def check_can_confirm(
    *, decision: Decision, asked_by: str, concerns: UUID, confirmed_by: str
) -> None:
    """Refuse to confirm a decided proposal, one's own, or one about oneself."""
    if decision is not Decision.WAITING:
        raise AlreadyDecided(str(_("This request has already been answered.")))
    if confirmed_by in {asked_by, str(concerns)}:
        raise OwnProposal(
            str(_("Someone else must do this: not the requester or the person concerned."))
        )


def is_webhook_given_up(*, failures: int, for_so_long: timedelta) -> bool:
    """Return whether sending to a partner stops: many failures in a row, over a day at least.

    A short outage of a busy partner brings many failures, a long one of a quiet partner few.
    """
    return failures >= WEBHOOK_TRIES and for_so_long >= WEBHOOK_PATIENCE


def new_token() -> str:
    """Return a fresh API token: 256 random bits, shown once, never stored."""
    return f"balise_{secrets.token_urlsafe(32)}"


def prefix_of(token: str) -> str:
    """Return the start of a token: enough to recognise it, far too little to use it."""
    return token[:_PREFIX_LENGTH]


def digest_of(token: str) -> bytes:
    """Return what is stored of a token.

    A plain SHA-256 is right here: 256 random bits cannot be guessed, so nothing slower is
    needed (OWASP ASVS 5.0, 6.5.2 and 11.4.2).
    """
    return hashlib.sha256(token.encode()).digest()
